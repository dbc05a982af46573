"""Importing packages into banks: looked through first, once, as drafts; media for whom they are meant."""

import zipfile
from datetime import timedelta
from io import BytesIO
from threading import Thread

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.urls import reverse

from accounts.models import AuditEntry
from assessments.actions.packages import UnableToImport, import_package, receive_package
from assessments.enums import ItemState
from assessments.models import Item, ItemMedia, ItemPackage, Response, Session
from assessments.queries.packages import bank_package, import_plan
from assessments.rules.qti_package import PackageError
from tests.accounts.at_once import at_once, wait_until_blocked
from tests.assessments.qti_packages import PNG, SIMPLE, choice, declared, item, package
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.assessments import BankFactory, ItemFactory
from tests.factories.candidates import CandidateFactory

pytestmark = pytest.mark.django_db
PICTURE = item(
    '<p><img src="../sign.png" alt="A sign"/></p>' + choice("Yes", "No"), declared(["B"]), identifier="two"
)
STRANGE = item('<qti-hotspot-interaction response-identifier="RESPONSE"/>', identifier="three")
WHOLE = package(SIMPLE, PICTURE, STRANGE, files={"sign.png": PNG})


@pytest.fixture
def bank():
    return BankFactory(code="english", items=9)


@pytest.fixture
def staff():
    return UserFactory(staff=True)


def received(bank, by, now, content=WHOLE):
    return receive_package(bank=bank, name="sent.zip", level="B2", content=content, by=by, now=now)


def test_looking_through_writes_no_item(bank, staff, now):
    found = received(bank, staff, now)
    assert not Item.objects.filter(code__in=["one", "two"]).exists()
    plan = import_plan(bank, bytes(found.content), found.level)
    assert [one.sheet.code for one in plan.new] == ["one", "two"]
    assert [one.name for one in plan.skipped] == ["three"]


def test_new_items_are_drafts_with_their_media(bank, staff, now):
    plan = import_package(package=received(bank, staff, now), by=staff, now=now)
    assert len(plan.new) == 2
    first, second = Item.objects.filter(code__in=["one", "two"]).order_by("code")
    assert (first.state, first.level, first.media_count, first.written_by) == (ItemState.DRAFT, 4, 0, staff)
    assert (second.state, second.media_count, second.key) == (ItemState.DRAFT, 1, 1)
    picture = ItemMedia.objects.get()
    assert (picture.item, picture.name, picture.alt, bytes(picture.content)) == (
        second,
        "sign.png",
        "A sign",
        PNG,
    )
    package = ItemPackage.objects.get()
    assert (package.content, package.imported_items) == (None, 2)
    assert AuditEntry.objects.filter(verb="items.imported").count() == 1


def test_a_package_is_imported_once(bank, staff, now):
    found = received(bank, staff, now)
    import_package(package=found, by=staff, now=now)
    with pytest.raises(UnableToImport):
        import_package(package=found, by=staff, now=now)
    assert Item.objects.filter(code="one").count() == 1


def test_two_imports_at_once_make_the_items_once(transactional_db, bank, staff, now):
    found = received(bank, staff, now)

    def run():
        try:
            return len(import_package(package=found, by=staff, now=now).new)
        except UnableToImport:
            return "before"

    assert sorted(map(str, at_once(run, run))) == ["2", "before"]
    assert Item.objects.filter(code__in=["one", "two"]).count() == 2


def test_a_code_written_at_the_same_moment_is_named_and_nothing_is_imported(
    transactional_db, bank, staff, now
):
    found, other = received(bank, staff, now), received(bank, staff, now)
    answers = []

    def import_the_other():
        client = signed_in(staff)
        answers.append(client.post(pages(bank, "package", other.pk), follow=True))
        connection.close()

    thread = Thread(target=import_the_other)
    with transaction.atomic():
        import_package(package=found, by=staff, now=now)
        thread.start()
        wait_until_blocked()
    thread.join(timeout=60)
    assert answers[0].status_code == 200
    assert "Nothing was imported: another item has the code one." in answers[0].content.decode()
    assert Item.objects.filter(code__in=["one", "two"]).count() == 2
    other.refresh_from_db()
    assert other.content is not None


def test_items_that_are_here_stay_as_they_are(bank, staff, now):
    import_package(package=received(bank, staff, now), by=staff, now=now)
    ItemFactory(bank=bank, code="four")
    changed = package(
        SIMPLE, PICTURE, item(choice("X", "Y"), declared(["A"]), identifier="four"), files={"sign.png": PNG}
    )
    plan = import_package(package=received(bank, staff, now, changed), by=staff, now=now)
    assert [[one.sheet.code for one in part] for part in (plan.new, plan.same, plan.taken)] == [
        [],
        ["one", "two"],
        ["four"],
    ]
    assert Item.objects.get(code="four").options[0] != "X"


def test_another_picture_is_another_item(bank, staff, now):
    import_package(package=received(bank, staff, now), by=staff, now=now)
    plan = import_plan(bank, package(PICTURE, files={"sign.png": PNG + b"x"}), "B2")
    assert [one.sheet.code for one in plan.taken] == ["two"]


def test_a_bank_comes_back_whole(bank, staff, now):
    import_package(package=received(bank, staff, now), by=staff, now=now)
    plan = import_plan(bank, bank_package(bank), "A1")
    assert (len(plan.same), plan.new, plan.taken, plan.skipped) == (13, [], [], ())


def test_a_refused_package_leaves_nothing(bank, staff, now):
    with pytest.raises(PackageError):
        received(bank, staff, now, b"no archive")
    assert not ItemPackage.objects.exists()


def test_what_nobody_imports_is_let_go(bank, staff, now):
    old = received(bank, staff, now - timedelta(days=8))
    received(bank, staff, now)
    with pytest.raises(UnableToImport):
        import_package(package=old, by=staff, now=now)


# --- the pages of staff ---------------------------------------------------------------------------------------


def pages(bank, *more):
    return reverse(f"admin:assessments_bank_{more[0] if more else 'packages'}", args=[bank.pk, *more[1:]])


def send(browser, bank, content=WHOLE):
    sent = SimpleUploadedFile("sent.zip", content, content_type="application/zip")
    return browser.post(pages(bank), {"package": sent, "level": "B2"})


def test_staff_send_look_through_and_import(bank, staff):
    browser = signed_in(staff)
    answer = send(browser, bank)
    package = ItemPackage.objects.get()
    assert answer.url == pages(bank, "package", package.pk)
    page = browser.get(answer.url).content.decode()
    assert "2 new items become drafts" in page
    assert "three: it is answered by qti-hotspot-interaction, which is not known here" in page
    assert not Item.objects.filter(code="one").exists()
    page = browser.post(answer.url, follow=True).content.decode()
    assert "2 items are drafts now." in page
    assert "This package was imported before" in browser.post(answer.url, follow=True).content.decode()
    assert Item.objects.filter(code="one").count() == 1
    assert "2 new items" in browser.get(pages(bank)).content.decode()


def test_a_refused_package_says_why_on_the_page(bank, staff):
    answer = send(signed_in(staff), bank, b"no archive")
    assert "The package was refused. This is no readable ZIP archive." in answer.content.decode()
    assert not ItemPackage.objects.exists()


def test_the_export_is_a_package_with_the_keys(bank, staff):
    answer = signed_in(staff).get(pages(bank, "export"))
    assert answer["Content-Disposition"] == 'attachment; filename="english-qti3.zip"'
    with zipfile.ZipFile(BytesIO(answer.content)) as files:
        assert len(files.namelist()) == 12
    assert "no-store" in answer["Cache-Control"]


def test_who_may_not_write_items_cannot_import(bank, staff, now):
    reader = UserFactory(is_staff=True, totp=True)
    reader.user_permissions.add(*Permission.objects.filter(codename__in=["view_bank", "view_item"]))
    browser, found = signed_in(reader), received(bank, staff, now)
    assert "Look through the package" not in browser.get(pages(bank)).content.decode()
    assert send(browser, bank).status_code == 403
    assert browser.get(pages(bank, "package", found.pk)).status_code == 403
    assert browser.post(pages(bank, "package", found.pk)).status_code == 403
    stranger = signed_in(UserFactory(is_staff=True, totp=True))
    assert stranger.get(pages(bank)).status_code == 403
    assert stranger.get(pages(bank, "export")).status_code == 403
    assert not Item.objects.filter(code="one").exists()


def test_a_package_belongs_to_its_bank(bank, staff, now):
    found = received(bank, staff, now)
    assert signed_in(staff).get(pages(BankFactory(items=0), "package", found.pk)).status_code == 404


# --- media ----------------------------------------------------------------------------------------------------


@pytest.fixture
def given(bank, staff, now):
    """A candidate whose session waits at the item with the picture."""
    import_package(package=received(bank, staff, now), by=staff, now=now)
    candidate = CandidateFactory()
    browser = signed_in(candidate.user)
    browser.post("/tests/english/")
    session = Session.objects.get(candidate=candidate)
    Response.objects.filter(session=session).update(item=Item.objects.get(code="two"))
    return browser, session


def test_a_picture_is_shown_with_its_words_to_whom_the_item_was_given(given):
    browser, session = given
    source = f"/tests/sessions/{session.pk}/1/media/sign.png/"
    assert (
        f'<img src="{source}" alt="A sign" lang="en">'
        in browser.get(f"/tests/sessions/{session.pk}/").content.decode()
    )
    answer = browser.get(source)
    assert (answer.content, answer["Content-Type"], answer["X-Content-Type-Options"]) == (
        PNG,
        "image/png",
        "nosniff",
    )
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_nobody_else_sees_it(given, staff):
    browser, session = given
    source = f"/tests/sessions/{session.pk}/1/media/sign.png/"
    assert signed_in(CandidateFactory().user).get(source).status_code == 404
    assert browser.get(source.replace("/1/", "/2/")).status_code == 404
    assert browser.get(source.replace("sign", "other")).status_code == 404
    assert browser.get("/tests/english/practice/1/media/sign.png/").status_code == 404
    shown = reverse("admin:assessments_item_media", args=[Item.objects.get(code="two").pk, "sign.png"])
    assert signed_in(staff).get(shown).content == PNG
    assert browser.get(shown).status_code in {302, 403}
