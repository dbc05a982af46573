"""The shape that the demo population is drawn from: shares and weights, as published or as our own assumption.

Published (figures of a Dutch remote-hiring platform): people of 60 countries, most from southern Europe and South
Africa, Serbia and Turkey recruited on purpose, often Dutch or German people living abroad; 80 % with
customer-service experience, 65 % with higher education; all speak their mother tongue and English. The rest is assumed.
"""

from typing import Final

COUNTRY_WEIGHTS: Final[dict[str, int]] = {
    "PT": 110, "ES": 105, "ZA": 105, "GR": 70, "IT": 70, "RS": 55, "TR": 55, "NL": 45, "DE": 18, "BE": 14,
    "FR": 14, "GB": 10, "IE": 6, "PL": 14, "RO": 14, "BG": 12, "HR": 10, "HU": 8, "CZ": 6, "SK": 4,
    "SI": 4, "BA": 8, "MK": 8, "AL": 8, "ME": 4, "CY": 6, "MT": 6, "EE": 3, "LV": 3, "LT": 4,
    "UA": 6, "MD": 4, "GE": 4, "AM": 3, "MA": 10, "TN": 8, "EG": 10, "KE": 10, "NG": 8, "GH": 6,
    "MU": 4, "SN": 3, "IN": 12, "PK": 6, "LK": 4, "NP": 3, "PH": 16, "MY": 6, "ID": 6, "VN": 4,
    "TH": 3, "MX": 8, "CO": 10, "PE": 4, "CL": 3, "AR": 8, "BR": 8, "DO": 4, "CW": 4, "US": 3,
}  # fmt: skip
"""Sixty countries; the numbers are relative."""

PEOPLE_AN_EMPLOYER: Final = 40
FEWEST_EMPLOYERS, MOST_EMPLOYERS = 6, 40
VACANCIES_AN_EMPLOYER: Final = 3

EXPERIENCED: Final = 0.80
HIGHER_EDUCATION: Final = 0.65
LISTED: Final = 0.92
FREELANCE: Final = 0.15
JUST_LOOKING: Final = 0.15
ANSWERED_WORK_STYLE: Final = 0.75
ENGLISH_TESTED: Final = 0.80
OTHER_TESTED: Final = 0.60
MOTHER_TONGUE_TESTED: Final = 0.70
ABROAD: Final = 0.09
"""Share of people in ABROAD_COUNTRIES whose mother tongue is Dutch or German."""
ABROAD_COUNTRIES: Final = ("PT", "ES", "ZA", "GR", "IT", "TR", "CW", "TH", "MA")

MAIN_ZONE: Final = 0.92
"""Share of people on the main clock of a country that has several."""
REGION_OF_ZONE: Final = {"Atlantic/Azores": "PT-20", "Atlantic/Madeira": "PT-30"}
NAMES_REGION: Final = 0.8
HEARD_AT_HOME: Final = 0.5
"""Of the people who can use another language of their country, the share who say so."""
ENGLISH_FIRST: Final = frozenset({"US", "GB", "IE"})

LOGITS_A_LEVEL: Final = 1.6
"""Width of a level on the scale of the language banks."""
ENGLISH_MEAN: Final[dict[str, float]] = {
    "ZA": 2.0, "NL": 1.9, "MT": 1.8, "IE": 2.6, "GB": 2.6, "US": 2.6, "NG": 1.7, "KE": 1.6, "GH": 1.6,
    "PH": 1.5, "IN": 1.3, "MY": 1.3, "PT": 1.2, "GR": 1.2, "DE": 1.3, "BE": 1.3, "HR": 1.3, "SI": 1.3, "RO": 1.2,
    "RS": 1.1, "CY": 1.4, "MU": 1.3, "CW": 1.3, "ES": 0.6, "IT": 0.6, "FR": 0.7, "TR": 0.5,
}  # fmt: skip
"""Mean ability by country, in levels from the foot of B2; assumed, not a statement about anybody."""
ENGLISH_ELSEWHERE: Final = 0.7
ENGLISH_SPREAD: Final = 0.9

LEARNED: Final[tuple[tuple[str, float], ...]] = (
    ("fr", 0.10),
    ("de", 0.09),
    ("es", 0.10),
    ("nl", 0.07),
    ("it", 0.04),
    ("pt", 0.03),
)
"""Further languages that people have learned, with the share who have."""

FIRST_NAMES: Final = (
    "Ada", "Amara", "Anouk", "Ayşe", "Bram", "Carlos", "Chidi", "Dario", "Elif", "Emeka", "Eva", "Fatima", "Femke",
    "Gonçalo", "Hana", "Ines", "Ivana", "Jana", "João", "Kofi", "Lena", "Lindiwe", "Luca", "Luka", "Maja", "Mare",
    "Marta", "Mehmet", "Milan", "Nadia", "Naledi", "Nikos", "Noor", "Olga", "Paolo", "Pilar", "Priya", "Rosa",
    "Sanne", "Sara", "Sipho", "Sofia", "Stefan", "Tariq", "Teo", "Thabo", "Vesna", "Wanjiru", "Yara", "Zanele",
)  # fmt: skip
NAME_STARTS: Final = (
    "Al", "Bel", "Cor", "Dan", "El", "Fal", "Gar", "Hol", "Is", "Jo", "Kar", "Lor", "Mal", "Nor", "Os", "Pel",
    "Ras", "Sel", "Tar", "Vel",
)  # fmt: skip
NAME_MIDDLES: Final = ("a", "e", "i", "o", "an", "en", "or", "um", "is", "al")
NAME_ENDS: Final = (
    "dov", "rini", "mann", "sen", "ques", "oglu", "vić", "dima", "kou", "stra", "wala", "nez", "poulos", "beke",
    "tani",
)  # fmt: skip

SHIFT_LIVES: Final[tuple[tuple[str, float], ...]] = (
    ("office", 0.42), ("long_days", 0.22), ("evenings", 0.10), ("mornings", 0.08), ("nights", 0.05), ("any", 0.09),
    ("weekends", 0.04),
)  # fmt: skip
"""When people can work by their own clock, with the share of each pattern."""


def employers_for(candidates: int) -> int:
    """How many employers so many people can work for; a market of more would be full of lists that show nobody."""
    return min(MOST_EMPLOYERS, max(FEWEST_EMPLOYERS, candidates // PEOPLE_AN_EMPLOYER))
