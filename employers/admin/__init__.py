"""Employers in the administration."""

from employers.admin.employers import EmployerAdmin

__all__ = ["EmployerAdmin"]
