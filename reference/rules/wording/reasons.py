"""What is wrong with words of each kind, why, and what says the same without harm; in the reader's language.

The laws named are those of the European Union and the Netherlands, put into own words; `docs/wording.md` lists them.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from reference.enums import WordingGround as Ground


@dataclass(frozen=True, slots=True)
class Reason:
    """`why` in law or house rules, `instead` a better wording; `stops` keeps a vacancy from being handed in."""

    stops: bool
    why: Any
    instead: Any


REASONS: Final[dict[Ground, Reason]] = {
    Ground.SALARY_HISTORY: Reason(
        True,
        _(
            "European law on pay transparency (Directive 2023/970) forbids employers to ask what somebody earned before: an "
            "old wage that was unfair would make the next one unfair, too."
        ),
        _("Leave it out. Your pay range stands on the vacancy; a person says on the profile what they need."),
    ),
    Ground.NATIVE: Reason(
        True,
        _(
            "A mother tongue follows from where somebody was born, so asking for one shuts people out by origin, which equal "
            "treatment law forbids. It also says nothing about how well somebody writes."
        ),
        _("Ask for a level under “Languages”, such as Dutch at C1. It is measured in a test."),
    ),
    Ground.AGE: Reason(
        True,
        _(
            "An age limit in a vacancy is discrimination by age (European Directive 2000/78, in the Netherlands the law on "
            "equal treatment by age) unless a law sets that very limit. Nobody's age is asked here."
        ),
        _("Say what the work needs, such as “used to several chats at once”, and leave age out."),
    ),
    Ground.AGE_HINT: Reason(
        False,
        _("Readers of another age take this as “not for me”, and judges have read such words as an age limit."),
        _(
            "Describe how the team works instead of how old it is. That a contract needs an adult is checked when it is signed."
        ),
    ),
    Ground.GENDER: Reason(
        True,
        _(
            "Asking for women or men is discrimination by gender (European Directive 2006/54). There is no exception for "
            "customer service."
        ),
        _("Say what the work needs and leave gender out. “m/f/x” is welcome, but not needed."),
    ),
    Ground.GENDER_WORD: Reason(
        False,
        _("A word for one gender tells everybody else that they were not thought of."),
        _("Use a word for the work: host, sales adviser, customer service agent; “you” instead of “he or she”."),
    ),
    Ground.ACCENT: Reason(
        True,
        _(
            "An accent tells where somebody learned a language, not how well they are understood. Judging it shuts people out "
            "by origin. No test here scores it."
        ),
        _("Ask for a level of speaking, such as English at B2: that includes being understood without effort."),
    ),
    Ground.ORIGIN: Reason(
        True,
        _(
            "Choosing by nationality, origin or place of birth is forbidden (European Directive 2000/43, and for EU citizens "
            "Regulation 492/2011). None of it is known to the ranking either."
        ),
        _(
            "What may matter has its own place: the language level, the countries where you can hire, and being at home with "
            "your customers' countries. The right to work is checked for everybody."
        ),
    ),
    Ground.BELIEF: Reason(
        True,
        _(
            "Religion, belief, politics and union membership are protected by European Directive 2000/78; for answering "
            "customers none of them is needed."
        ),
        _("Leave it out."),
    ),
    Ground.HEALTH: Reason(
        True,
        _(
            "An employer may not ask about health or absence before hiring (in the Netherlands the law on medical "
            "examinations), and people with a disability or illness are protected by European Directive 2000/78."
        ),
        _("Describe the work: calls of six minutes on average, a break every hour. People judge themselves whether it suits."),
    ),
    Ground.FAMILY: Reason(
        True,
        _(
            "Children, pregnancy and marriage are nobody's business in hiring; choosing by them is discrimination (European "
            "Directive 2006/54)."
        ),
        _("Say when the work has to be done and what the place needs: “a quiet room during your shift”."),
    ),
    Ground.APPEARANCE: Reason(
        False,
        _("Looks say nothing about work at a distance, and taste in looks follows age, origin and gender."),
        _("Say what you mean: friendly in writing, clear on the phone, a tidy background in video calls."),
    ),
    Ground.PHOTO: Reason(
        False,
        _("People are judged here by measured levels, not by a photo; it would show age, gender and origin at once."),
        _("Leave it out. You see a name once both sides are interested, and meet the person in the interview."),
    ),
    Ground.FEE: Reason(
        True,
        _(
            "Nobody pays for getting work: the Dutch law on placement (Waadi) and the international convention on private "
            "employment agencies forbid it, and so does this platform. It is also how swindlers begin."
        ),
        _("Pay for training, equipment and checks yourself, and say so: “We send you a headset.”"),
    ),
    Ground.UNPAID: Reason(
        True,
        _(
            "Work and required training are paid from the first hour: legal minimum wages hold for trial days, too, and training "
            "that the work needs is free and counts as working time (European Directive 2019/1152)."
        ),
        _("Pay for it and say so: “Two weeks of paid training.”"),
    ),
    Ground.CONTACT: Reason(
        True,
        _(
            "Around the platform nobody keeps the promise of an answer, names are known before both sides agreed, and no one "
            "can help when something goes wrong."
        ),
        _("Leave it out. People show their interest on this page, and contact is open once you are interested, too."),
    ),
    Ground.WEB_ADDRESS: Reason(
        False,
        _("A link leads people away before they could show interest, and links are what false vacancies are made of."),
        _("Your website stands on your company page. Write here what people should know."),
    ),
}  # fmt: skip
