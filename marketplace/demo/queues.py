"""What waits on the desk of the demo: a plausible case of each queue, made by the actions that real ones are made by."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np

from accounts.models import User
from assessments.actions.appeals import file_appeal
from assessments.actions.integrity import answer_flag, check_session
from assessments.actions.ratings import give_rating, set_rater, take_next
from assessments.actions.sessions import answer_item, start_session
from assessments.actions.works import save_reply, start_work, submit_work
from assessments.enums import Activity, Interaction, SessionState
from assessments.models import Bank, Item, RatedTask
from assessments.queries.works import task_pages
from assessments.rules.interactions import question_of
from assessments.rules.rubrics import RUBRICS
from candidates.models import Candidate
from employers.actions.appeals import appeal_refusal
from employers.actions.company import apply_as_employer
from employers.actions.decision import reject_employer
from employers.models import Employer
from marketplace.demo.companies import content_of_job, make_user
from marketplace.demo.sorts import Kind
from marketplace.recruiters import keep_raters_group
from reference.models import Language
from vacancies.actions.editing import create_vacancy
from vacancies.actions.lifecycle import submit_vacancy

ENGLISH: Final = "en"
SECOND_READER: Final = "reader@demo.example"
REFUSAL: Final = (
    "Ringing people at home who asked for nothing is selling, not customer service. We only place people in work that "
    "answers customers."
)
APPEAL: Final = (
    "We stopped ringing people in the summer. What we hire for now is the desk that answers our own customers about "
    "their contract and their bill; a recruiter is welcome to listen in for a morning."
)
SAID: Final = (
    "I have worked in English for eight years and I read fast. I sat down for it in one go, without anybody beside me. "
    "I will gladly take it again."
)
REPLY: Final = (
    "Dear customer, thank you for your message, and I am sorry for the trouble. I have looked into it: the facts that you "
    "asked about are as stated above, and I have arranged what is needed today. You hear from me again before Friday."
)
RATED: Final = (
    "You are clear and friendly. Next, answer each question of the customer one by one, and name the day."
)
WHY: Final = (
    "I answered both questions in my second message. I would like somebody else to read it once more."
)


def make_queues(employers: Sequence[tuple[Employer, Kind, User]], *, by: User, now: datetime) -> None:
    """Companies, a vacancy and tests that wait for a recruiter. `by` refused and rated, so the demo's sign-ins may judge."""
    _company("Huisraad Direct", "A web shop for household goods, with a service desk of six.", 2, now)
    _refused_company(by, now)
    if len(employers) > 1:
        _vacancy_to_review(*employers[1], now)
    people = Candidate.objects.listed().filter(languages__language=ENGLISH, user__is_demo=True)
    quick, writer = (
        *people.exclude(user__email__startswith="candidate@").order_by("public_id")[:2],
        None,
        None,
    )[:2]
    if quick and Bank.objects.filter(code="english").exists():
        _test_to_look_at(quick, now - timedelta(days=1))
    if writer and RatedTask.objects.filter(language=ENGLISH, activity=Activity.WRITTEN_INTERACTION).exists():
        _appealed_work(writer, by, now)


def _company(name: str, about: str, days: int, now: datetime) -> tuple[Employer, User]:
    at = now - timedelta(days=days)
    address = "".join(letter for letter in name.lower() if letter.isalpha())
    owner = make_user(f"{address}@employers.demo.example", f"{name}, team lead", now=at)
    facts = {
        "name": name,
        "website": "",
        "country_id": "NL",
        "registration_number": "",
        "about": about,
        "headcount": 18,
        "working_languages": ["nl", "en"],
    }
    return apply_as_employer(facts=facts, staff=[("NL", 18)], by=owner, now=at, is_demo=True), owner


def _refused_company(by: User, now: datetime) -> None:
    refused = now - timedelta(days=6)
    employer, owner = _company("Warme Lijn Energie", "We sell energy contracts by telephone.", 9, now)
    employer = reject_employer(employer=employer, by=by, now=refused, reason=REFUSAL)
    at = now - timedelta(days=3)
    appeal_refusal(employer=employer, text=APPEAL, by=owner, today=at.date(), now=at)


def _vacancy_to_review(employer: Employer, kind: Kind, owner: User, now: datetime) -> None:
    content = content_of_job(kind.jobs[-1], np.random.default_rng(7), now)
    vacancy = create_vacancy(employer=employer, content=content, by=owner, now=now)
    submit_vacancy(vacancy=vacancy, by=owner, today=now.date(), now=now)


def _test_to_look_at(person: Candidate, at: datetime) -> None:
    """Everything right, a second each: the figures ask somebody to look, and the person has said something about it."""
    session = start_session(candidate=person, bank=Bank.objects.get(code="english"), seed=7, now=at)
    position = 1
    while session.state == SessionState.OPEN:
        at += timedelta(seconds=1)
        item = session.responses.select_related("item").get(position=position).item
        answer_item(session=session, candidate=person, position=position, answer=_right(item), now=at)
        session.refresh_from_db(fields=["state"])
        position += 1
    for flag in check_session(session_id=session.pk, now=at):
        answer_flag(flag=flag, candidate=person, text=SAID, now=at + timedelta(hours=2))


def _right(item: Item) -> Any:
    question = question_of(item)
    if question.interaction == Interaction.TEXT_ENTRY:
        return [texts[0] for texts in question.key]
    return question.key


def _appealed_work(person: Candidate, by: User, now: datetime) -> None:
    """A written test, rated by two readers who are nobody's sign-in, and appealed against."""
    english = Language.objects.get(pk=ENGLISH)
    at = now - timedelta(days=9)
    work = start_work(
        candidate=person, language=english, activity=Activity.WRITTEN_INTERACTION, seed=7, now=at
    )
    for page in task_pages(work):
        for reply in page.replies:
            save_reply(reply=reply, candidate=person, text=REPLY, pasted=0, revision=0, send=True, now=at)
    work = submit_work(work=work, candidate=person, now=at)
    second = make_user(SECOND_READER, "Demo reader", now=at, staff=True)
    for reader in (by, second):
        rated_at = now - timedelta(days=7)
        reader.groups.add(keep_raters_group())
        set_rater(user=reader, languages=[english], active=True, by=by, now=rated_at)
        rating = take_next(by=reader, now=rated_at)
        assert rating is not None
        levels = {criterion.code: 3 for criterion in RUBRICS[work.activity].criteria}
        give_rating(rating=rating, levels=levels, words=RATED, by=reader, now=rated_at)
    work.refresh_from_db()
    file_appeal(work=work, candidate=person, reason=WHY, now=now - timedelta(days=2))
