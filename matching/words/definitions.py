"""The texts of the engine's definitions, named here so that they are translated.

The engine knows no Django; a test holds that exactly its texts stand here.
"""

from django.utils.translation import gettext_noop as _

DEFINITIONS = (
    _(
        "Has the person agreed to be listed, can they start on the first day, and have they made no "
        "reservation against this sector or employer?"
    ),
    _("Has the person chosen this form of contract?"),
    _("Does the vacancy hire where the person lives?"),
    _("May the person work where they live until the contract ends?"),
    _("Is every required language measured at its minimum level or above?"),
    _("Is every must-have skill measured at its minimum level or above?"),
    _(
        "Does the offer exceed the legal minimum where the person lives, reach every other wage floor "
        "there, and reach the person's own minimum?"
    ),
    _(
        "Do the hours a week lie in the person's own range, is every block marked must fully covered, "
        "and is there enough overlap with the shift, in every week of the contract?"
    ),
    _(
        "How surely, and how far, the measured level of each required language lies above the "
        "minimum, and which of the welcome further languages were measured."
    ),
    _(
        "Only where the employer asks for it. How alike the person's own work-style answers and the "
        "team's are, and how much evidence there is that the person is at home with the countries of "
        "the team and of the customers. In a small company of one nation the second weighs more, in a "
        "large mixed one hardly at all. Passing a country's etiquette test counts as much as having "
        "lived there. Nationality, birthplace and name are not known to the engine."
    ),
    _(
        "How much of the work can lie in hours that the person prefers, and how much of it has to be "
        "done at night, on the real calendar with every clock change on both sides."
    ),
    _(
        "How good the offer is for the person: against the wage floor, usual pay for the work where "
        "they live, and their own wish. More pay is never worse. Asking for less than is offered "
        "earns nothing."
    ),
    _(
        "Wanted skills, measured ones first, own statements a little, and how far must-have skills "
        "exceed their minimum."
    ),
    _(
        "Months in the sector, on the channels and in customer service at all, with less and less "
        "added by each further year. Nobody is excluded for having none."
    ),
    _("How near the length and the hours offered come to those wished."),
    _("who you are"),
    _(
        "Name, photo, contact, gender, birth date and age, nationality, birthplace, ethnicity, "
        "religion, family, health: the engine has no column for any of them."
    ),
    _("a cheap price"),
    _(
        "What a person costs weighs 0 for an employer and cannot be raised. Asking for less than is "
        "offered earns nothing."
    ),
    _("a CV"),
    _(
        "No document of a person reaches the engine: no file, no text, no school, no employer's name. "
        "Months of experience are a person's own statement, count little, and exclude nobody."
    ),
    _("a mother tongue"),
    _("Being born into a language is never a level; only what was measured counts."),
    _("how often you look"),
    _("Visits, clicks, speed of answering and how long somebody has been listed."),
    _("a guess"),
    _("No text, voice or picture is judged by a machine, and nothing is learnt from who was chosen before."),
    _("Formulas, tables, gates and candidate weights"),
    _(
        "Only a new version of the engine, released with its documentation. Rankings keep the version "
        "they were made with."
    ),
    _("Usual employer weights and their bounds, for each kind of work"),
    _(
        "Platform staff, with a reason, for today or a later day. Each change adds a row to the log; "
        "earlier rankings keep their weights."
    ),
    _("The weights of one vacancy"),
    _(
        "The employer, within the bounds, in the vacancy's editor. A choice outside them is counted "
        "as the nearest bound, and says so. The weights used stand in the ranking."
    ),
    _("Wage floors and exchange rates"),
    _("Dated facts with their source; a policy of the platform is set by staff."),
    _("The order on a shortlist"),
    _(
        "A recruiter may pin, move or hide a person, with a reason that stands in the log. The "
        "ranking below it stays as it was."
    ),
    _("A person's facts"),
    _("The person, and tests they take. Whoever doubts a measurement can appeal."),
    _("at most so many lists a person"),
    _(
        "One person is shown first on only so many lists at once, however many suit them. Otherwise the "
        "same few people would stand on top everywhere, with more offers than they can answer, and others"
        " would never be seen."
    ),
    _("at most so many people a list"),
    _("A list shows so many people for each opening first: as many as an employer can read with care."),
    _("how places are shared out"),
    _(
        "Over all open vacancies together, and again whenever one changes. Every person asks for the "
        "vacancies that suit them best; every vacancy keeps the best of those who ask. In the end no "
        "employer and person would both rather have each other than what they got."
    ),
    _("what waiting means"),
    _(
        "Everybody else who meets the conditions waits: on the same list, below those shown first, in "
        "rank order, with the same figures and one sentence why. The employer sees them and may invite "
        "them. Nobody is turned down by it, no score changes, and a place that comes free is shared out "
        "again."
    ),
    _("who is placed by hand"),
    _(
        "Whom a recruiter pins, moves or adds is shown at once, takes a place and counts as one of that "
        "person's lists, also beyond the limit."
    ),
    _("rounding"),
    _(
        "Every division in a fit or a score rounds down to a whole number of ten-millionths, and so does "
        "the square root."
    ),
    _("weights that add up"),
    _(
        "The weights of the parts that a vacancy asks for are scaled to 10,000,000 and rounded down. The "
        "units still missing go one each to the largest remainders; of equal ones the earlier part comes "
        "first."
    ),
    _("regions"),
    _(
        "A region for which a vacancy has terms of its own uses those; a region without terms uses its "
        "country's."
    ),
    _("On how many lists a person is shown first, and how many people a list shows first"),
    _(
        "The platform, in its settings: the same two numbers for every person and every vacancy. No "
        "employer and no recruiter can change them."
    ),
)

COLUMNS = {
    "candidate_id": _("a number that only says who is who, and orders equal scores"),
    "listing": _("whether the person agreed to be listed, is open to work now, and is only looking around"),
    "earliest_start_day": _("the first day on which the person can start"),
    "contract_forms": _("the forms of contract accepted: employment, freelance or both"),
    "place_code": _("the country, and the region where one counts, in which the person lives"),
    "right_to_work_until_day": _("until when the person may work where they live"),
    "hours_min": _("the fewest hours a week wanted"),
    "hours_max": _("the most hours a week wanted"),
    "availability_code": _("the hours of the week in which the person can work"),
    "preferred_code": _("the hours of the week in which the person prefers to work"),
    "zone_code": _("the time zone in which the person lives"),
    "minimum_pay": _("the least pay an hour that the person accepts"),
    "wished_pay": _("the pay an hour that the person wishes for"),
    "wished_months": _("how long a contract the person wishes for"),
    "work_style": _("the person's own answers about how they like to work, on eight scales"),
    "experience_months": _("months of experience in customer service in all, as stated"),
    "languages.measured_level": _("for each language: the level measured, A1 to C2, if any"),
    "languages.claimed_level": _("for each language: the level that the person states"),
    "languages.theta": _("for each language tested: the ability measured, in thousandths of a level"),
    "languages.standard_error": _("for each language tested: how sure that measurement is"),
    "skills.measured": _("for each skill: the level measured, if any"),
    "skills.stated": _("for each skill: the level that the person states"),
    "localities.evidence": _(
        "for each country: whether the person has lived or worked there, served its "
        "customers, passed its etiquette test or speaks its language at C1"
    ),
    "sector_months.months": _("for each sector: months of experience, as stated"),
    "channel_months.months": _("for each channel: months of experience, as stated"),
    "reserved_sectors.reserved": _("for each sector: whether the person asked not to be shown to it"),
    "reserved_employers.employer": _("employers that the person asked not to be shown to"),
}
"""What the ranking knows about a person, column by column, in plain words."""
