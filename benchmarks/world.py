"""The lands, languages and codes that the benchmark's population is drawn from; codes are the market's own."""

from typing import Final, NamedTuple


class Land(NamedTuple):
    """A country: zone, first language, share of the population, usual pay in cents an hour."""

    country: str
    zone: str
    language: str
    share: int
    pay: int


_LANDS = """
PH Asia/Manila fil 90 450 · IN Asia/Kolkata hi 110 400 · ZA Africa/Johannesburg en 70 550 · NL Europe/Amsterdam nl 30 1900
DE Europe/Berlin de 30 1900 · FR Europe/Paris fr 28 1700 · ES Europe/Madrid es 34 1200 · PT Europe/Lisbon pt 24 950
IT Europe/Rome it 24 1250 · PL Europe/Warsaw pl 24 900 · RO Europe/Bucharest ro 22 750 · BG Europe/Sofia bg 18 650
GR Europe/Athens el 16 850 · TR Europe/Istanbul tr 22 600 · EG Africa/Cairo ar 34 350 · MA Africa/Casablanca fr 26 450
TN Africa/Tunis fr 14 400 · KE Africa/Nairobi sw 30 350 · NG Africa/Lagos en 40 350 · GH Africa/Accra en 16 350
SN Africa/Dakar fr 10 350 · RW Africa/Kigali en 6 300 · MU Indian/Mauritius fr 6 550 · MG Indian/Antananarivo fr 10 250
US America/New_York en 40 1900 · CA America/Toronto en 22 1800 · MX America/Mexico_City es 36 600
CO America/Bogota es 34 500 · PE America/Lima es 18 450 · CL America/Santiago es 12 650
AR America/Argentina/Buenos_Aires es 20 500 · BR America/Sao_Paulo pt 40 550 · DO America/Santo_Domingo es 12 450
GT America/Guatemala es 12 450 · HN America/Tegucigalpa es 8 400 · SV America/El_Salvador es 8 400
CR America/Costa_Rica es 8 700 · JM America/Jamaica en 8 500 · SR America/Paramaribo nl 6 500 · GB Europe/London en 26 1700
IE Europe/Dublin en 8 1800 · BE Europe/Brussels nl 12 1800 · SE Europe/Stockholm sv 8 1900 · NO Europe/Oslo no 5 2300
DK Europe/Copenhagen da 6 2200 · FI Europe/Helsinki fi 5 1800 · EE Europe/Tallinn et 4 1000 · LV Europe/Riga lv 4 900
LT Europe/Vilnius lt 5 950 · CZ Europe/Prague cs 10 1000 · SK Europe/Bratislava sk 6 900 · HU Europe/Budapest hu 10 850
HR Europe/Zagreb hr 6 850 · RS Europe/Belgrade sr 10 650 · AL Europe/Tirane sq 8 500 · UA Europe/Kyiv uk 18 450
GE Asia/Tbilisi ka 6 450 · MY Asia/Kuala_Lumpur ms 12 550 · NP Asia/Kathmandu ne 12 300 · VN Asia/Ho_Chi_Minh vi 14 350
"""


def _land(words: str) -> Land:
    country, zone, language, share, pay = words.split()
    return Land(country, zone, language, int(share), int(pay))


LANDS: Final = tuple(
    _land(words) for line in _LANDS.split("\n") for words in line.split("·") if words.strip()
)
REGIONS: Final = {"CA": ("ON", "QC", "BC"), "US": ("CA", "TX", "NY", "FL")}
PLACES: Final = tuple(
    place
    for land in LANDS
    for place in (
        (land.country, ""),
        *((land.country, f"{land.country}-{end}") for end in REGIONS.get(land.country, ())),
    )
)
LANGUAGES: Final = tuple(sorted({land.language for land in LANDS}))
LEARNT: Final = {"en": 30, "es": 14, "fr": 14, "de": 12, "nl": 7, "it": 6, "pt": 6, "ar": 4}
"""How often a language is learnt as a further one; the others weigh 1."""
SKILLS: Final = {
    "touch_typing": 97, "business_writing": 55, "crm": 50, "active_listening": 60, "upselling": 30,
    "user_support": 26, "invoicing": 20, "appointment_planning": 22, "etiquette_nl": 6, "etiquette_gb": 8,
    "rome_art": 2, "spain_travel": 4, "complaint_handling": 35, "chat_handling": 40,
}  # fmt: skip
"""Skills, and how many in a hundred have something on file there."""
SECTORS: Final = (
    "travel",
    "ecommerce",
    "telecom",
    "banking",
    "health",
    "utilities",
    "software",
    "public_sector",
)
EMPLOYERS: Final = tuple(range(1, 401))
"""Numbers of the employers; some people keep away from some."""
BROAD_EMPLOYER, TYPICAL_EMPLOYER = 7, 300
CHANNELS: Final = ("phone", "chat", "email", "social", "video")
