"""Employers, their facts, people and the log of how they were judged; what connects them with their own systems."""

from employers.models.api_token import ApiCall, ApiToken
from employers.models.appeal import CompanyAppeal
from employers.models.employer import Employer, EmployerStaff, EmployerStatusLog
from employers.models.invitation import Invitation
from employers.models.membership import Membership
from employers.models.webhook import WebhookDelivery, WebhookEndpoint

__all__ = [
    "ApiCall", "ApiToken", "CompanyAppeal", "Employer", "EmployerStaff", "EmployerStatusLog", "Invitation", "Membership",
    "WebhookDelivery", "WebhookEndpoint",
]  # fmt: skip
