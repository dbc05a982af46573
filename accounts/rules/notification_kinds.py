"""What is known of each kind of news: whom it concerns, how it is mailed unless they choose, and what they can choose."""

from dataclasses import dataclass
from enum import StrEnum

from accounts.enums import MailChoice, NotificationKind


class Reader(StrEnum):
    """Whose settings show a kind."""

    CANDIDATE = "candidate"
    EMPLOYER = "employer"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class KindFacts:
    """The choices of one kind, the first being what holds until somebody chooses."""

    readers: frozenset[Reader]
    choices: tuple[MailChoice, ...]

    @property
    def default(self) -> MailChoice:
        """How it is mailed to who never chose."""
        return self.choices[0]

    @property
    def can_be_off(self) -> bool:
        """Whether mail of this kind can be switched off. Where silence would do harm, it cannot."""
        return MailChoice.NEVER in self.choices


EVERYBODY = frozenset(Reader)
CANDIDATES = frozenset({Reader.CANDIDATE})
EMPLOYERS = frozenset({Reader.EMPLOYER})
BOTH_SIDES = CANDIDATES | EMPLOYERS
STAFF = frozenset({Reader.STAFF})

FREE = (MailChoice.AT_ONCE, MailChoice.DAILY, MailChoice.NEVER)
FREE_DAILY = (MailChoice.DAILY, MailChoice.AT_ONCE, MailChoice.NEVER)
# Nobody waits for it, and several in a day would be a nuisance.
ONCE_A_DAY = (MailChoice.DAILY, MailChoice.NEVER)
# Somebody waits for an answer, or the account is at stake: who heard nothing would lose something.
NEVER_SILENT = (MailChoice.AT_ONCE, MailChoice.DAILY)

KINDS: dict[NotificationKind, KindFacts] = {
    NotificationKind.SECURITY: KindFacts(EVERYBODY, (MailChoice.AT_ONCE,)),
    NotificationKind.INVITATION: KindFacts(CANDIDATES, NEVER_SILENT),
    NotificationKind.ANSWER_DUE: KindFacts(EVERYBODY, NEVER_SILENT),
    NotificationKind.APPLICATION_MOVED: KindFacts(BOTH_SIDES, FREE),
    NotificationKind.APPLICATION_ENDED: KindFacts(BOTH_SIDES, FREE),
    NotificationKind.VACANCY_CHANGED: KindFacts(CANDIDATES, FREE),
    NotificationKind.ASSESSMENT: KindFacts(CANDIDATES, FREE),
    NotificationKind.TEST_INVITATION: KindFacts(CANDIDATES, FREE),
    NotificationKind.MATCH_FOUND: KindFacts(CANDIDATES, ONCE_A_DAY),
    NotificationKind.PROFILE_VIEWED: KindFacts(CANDIDATES, FREE_DAILY),
    NotificationKind.STAY_LISTED: KindFacts(CANDIDATES, NEVER_SILENT),
    NotificationKind.SHORTLIST_READY: KindFacts(EMPLOYERS, FREE_DAILY),
    NotificationKind.REVIEW_DECIDED: KindFacts(EMPLOYERS, FREE),
    NotificationKind.COMPANY: KindFacts(EMPLOYERS, FREE_DAILY),
    NotificationKind.WORK_TO_RATE: KindFacts(STAFF, FREE_DAILY),
}
