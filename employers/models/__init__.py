"""Employers, their facts, people and the log of how they were judged."""

from employers.models.employer import Employer, EmployerStaff, EmployerStatusLog
from employers.models.invitation import Invitation
from employers.models.membership import Membership

__all__ = ["Employer", "EmployerStaff", "EmployerStatusLog", "Invitation", "Membership"]
