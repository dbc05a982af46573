"""What everybody does on their way: sign up with the code from the demo's mail, sign in, sign out."""

import re

from candidates.models import Candidate
from tests.browsing import Visitor
from tests.factories.accounts import PASSWORD

CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")


def sign_up(visitor: Visitor, name: str, email: str, leads_to: str = "What brings you here?") -> None:
    """From the page where an account is made to the first page inside, whose heading is `leads_to`."""
    page = visitor.arrive("Make an account").page
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    visitor.press("Make my account")
    visitor.arrive("Check your mail")
    confirm = page.url
    visitor.follow("Read it here")
    code = code_of(visitor, email)
    page.goto(confirm)
    visitor.arrive("Check your mail")
    page.get_by_label("Code").fill(code)
    visitor.press("Confirm")
    visitor.arrive(leads_to)


def code_of(visitor: Visitor, email: str) -> str:
    """The code in the newest mail to an address, read in the demo's mail box."""
    page = visitor.arrive("Mail of this demo").page
    page.get_by_role("row").filter(has_text=email).first.get_by_role("link").click()
    page.get_by_role("term").filter(has_text="State").wait_for()
    found = CODE.search(page.locator("main").inner_text())
    assert found, page.locator("main").inner_text()
    return found.group()


def sign_in(visitor: Visitor, email: str, password: str = PASSWORD) -> None:
    """From the front page."""
    page = visitor.open("/", "Customer-service work, from where you are").page
    visitor.follow("Sign in")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    visitor.press("Sign in")


def order_shown(visitor: Visitor) -> list[str]:
    """The people on the shortlist, from the top."""
    return [one.get_attribute("data-person") or "" for one in visitor.page.locator("[data-person]").all()]


def short(candidate: Candidate) -> str:
    return candidate.public_id.hex[:6].upper()
