"""An employer with a browser, and the data of an editor filled in."""

from typing import Any

import pytest
from django.test import Client

from tests.conftest import signed_in
from tests.factories.employers import MembershipFactory


@pytest.fixture
def employer(employer_client: Client) -> Any:
    """The employer of `employer_client`."""
    return employer_client.user.membership.employer  # type: ignore[attr-defined]


@pytest.fixture
def colleague_client(employer: Any) -> Client:
    """Another member who may edit."""
    return signed_in(MembershipFactory(recruiter=True, employer=employer).user)


@pytest.fixture
def viewer_client(employer: Any) -> Client:
    """A member who may only read."""
    return signed_in(MembershipFactory(viewer=True, employer=employer).user)
