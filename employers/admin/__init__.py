"""Employers in the administration."""

from employers.admin.appeals import CompanyAppealAdmin
from employers.admin.employers import EmployerAdmin

__all__ = ["CompanyAppealAdmin", "EmployerAdmin"]
