"""Pages of the company itself."""

from employers.views.appeal import appeal
from employers.views.apply import apply
from employers.views.company import company
from employers.views.join import join
from employers.views.members import leave, members, remove, role, withdraw
from employers.views.tokens import token_renew, token_revoke, tokens
from employers.views.webhooks import (
    webhook,
    webhook_remove,
    webhook_replay,
    webhook_rotate,
    webhook_switch,
    webhook_test,
    webhooks,
)
from employers.views.work_style import work_style

__all__ = [
    "appeal",
    "apply",
    "company",
    "join",
    "leave",
    "members",
    "remove",
    "role",
    "token_renew",
    "token_revoke",
    "tokens",
    "webhook",
    "webhook_remove",
    "webhook_replay",
    "webhook_rotate",
    "webhook_switch",
    "webhook_test",
    "webhooks",
    "withdraw",
    "work_style",
]  # fmt: skip
