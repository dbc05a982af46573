"""Countries by part of the world (the five regions of the UN's M49 standard), for long lists in forms.

Names come from CLDR under the M49 codes. Antarctica and islands without a region there stand where people look for them.
"""

from collections.abc import Iterable

from reference.names import country_name

EUROPE, AFRICA, AMERICAS, ASIA, OCEANIA = "150", "002", "019", "142", "009"

CODES = {
    EUROPE: (
        "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK "
        "MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK"
    ),
    AFRICA: (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY MA MG ML MR MU MW MZ NA "
        "NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW"
    ),
    AMERICAS: (
        "AG AI AR AW BB BL BM BO BQ BR BS BV BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GS GT GY HN HT JM KN KY LC MF "
        "MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI"
    ),
    ASIA: (
        "AE AF AM AZ BD BH BN BT CN GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS "
        "QA SA SG SY TH TJ TL TM TR TW UZ VN YE"
    ),
    OCEANIA: ("AQ AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS"),
}
COUNTRIES: dict[str, frozenset[str]] = {part: frozenset(codes.split()) for part, codes in CODES.items()}


def by_part_of_world(choices: Iterable[tuple[str, str]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """(name of the part in the active language, its choices in their order); parts without any are left out."""
    held = list(choices)
    parts = (
        (country_name(part), [choice for choice in held if choice[0] in codes])
        for part, codes in COUNTRIES.items()
    )
    return [(name, found) for name, found in parts if found]
