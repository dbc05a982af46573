"""What each step of an employer is called, what it does, and what is said when it is done."""

from typing import Any, Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from placements.rules import deciding as steps

Words = Any


class StepWords(NamedTuple):
    """`link` leads to the page with `heading` and `lead`, `button` does it, `done` follows. `url` is its URL name."""

    url: str
    link: Words
    heading: Words
    lead: Words
    button: Words
    done: Words
    variant: str = "main"
    icon: str = ""


WORDS: Final[dict[str, StepWords]] = {
    steps.INVITE: StepWords(
        "placements:invite_person",
        _("Invite"),
        _("Invite this person"),
        _("They read your message and answer within the promised days. When they say yes, you see their name and contact."),
        _("Send the invitation"),
        _("The invitation is sent. The promise date of the answer stands below."),
        icon="mail",
    ),
    steps.ACCEPT: StepWords(
        "placements:accept",
        _("Say yes"),
        _("You are interested, too"),
        _("From now on you see the person's name and contact, and they hear from you next."),
        _("Say yes and see the name"),
        _("You are both interested. Name and contact stand below."),
        icon="check",
    ),
    steps.DECLINE: StepWords(
        "placements:decline",
        _("Say no"),
        _("Say no, with a reason"),
        _("A no with a reason is an answer somebody can use. You see it as the person reads it before it is sent."),
        _("Send this answer"),
        _("The answer is sent. Thank you for giving a reason."),
        "stop",
        "cross",
    ),
    steps.TAKE_BACK: StepWords(
        "placements:take_back",
        _("Take it back"),
        _("Take back what you said"),
        _("The person has not answered yet. Tell them why you take it back; you see it as they read it before it is sent."),
        _("Take it back"),
        _("It is taken back, and the person knows why."),
        "stop",
        "back",
    ),
    steps.TALK: StepWords(
        "placements:talk",
        _("Plan or note a conversation"),
        _("A conversation"),
        _(
            "The person sees day and time on their own clock and yours. Ask everybody the same questions, so that answers "
            "can be compared."
        ),
        _("Keep the conversation"),
        _("The conversation is kept, for both of you to see."),
        icon="calendar",
    ),
    steps.OFFER: StepWords(
        "placements:offer",
        _("Make an offer"),
        _("Make an offer"),
        _("The person accepts or declines here within the promised days. There are never more offers than openings."),
        _("Send the offer"),
        _("The offer is sent."),
        icon="document",
    ),
    steps.SET_ASIDE: StepWords(
        "placements:set_aside",
        _("Set aside"),
        _("Set this person aside"),
        _(
            "They no longer stand among those you still look at. Nobody is written to, but the person reads the reason on "
            "their page of this vacancy. You can undo it at any time."
        ),
        _("Set aside"),
        _("The person is set aside. You can put them back at any time."),
        "plain",
        "hide",
    ),
    steps.PUT_BACK: StepWords(
        "placements:put_back",
        _("Put back on the list"),
        _("Put back on the list"),
        "",
        _("Put back on the list"),
        _("The person stands on your list again."),
        "plain",
        "back",
    ),
    steps.NOTE: StepWords(
        "placements:note",
        _("Write a note"),
        _("A note for your team"),
        _(
            "Only members of your company read it here, with your name and the time; it cannot be changed. Write what was "
            "said and done: no guesses about health, family, age, faith or origin."
        ),
        _("Keep the note"),
        _("The note is kept."),
    ),
}  # fmt: skip
