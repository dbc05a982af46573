"""Employers, their facts, people and the log of how they were judged; what their own systems call us with."""

from employers.models.api_token import ApiCall, ApiToken
from employers.models.employer import Employer, EmployerStaff, EmployerStatusLog
from employers.models.invitation import Invitation
from employers.models.membership import Membership

__all__ = [
    "ApiCall",
    "ApiToken",
    "Employer",
    "EmployerStaff",
    "EmployerStatusLog",
    "Invitation",
    "Membership",
]
