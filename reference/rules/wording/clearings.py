"""Longer phrases in which a find is harmless: "regardless of nationality", "customers pay a deposit".

A blank stands for any white space. Words found wholly inside one of these are cleared.
"""

from typing import Final

from reference.enums import WordingGround
from reference.rules.wording import french, italian, spanish
from reference.rules.wording.tables import joined

NOT_ABOUT_YOU = r"(?:(?!\b(?:you|your|you're|we|our|us|je|jij|jouw|jullie|uw|wij|ons|sie|ihr|ihre|du|dein|wir|uns)\b)[^.!?\n])"
"""A character of a sentence in which neither the reader nor the employer is spoken of."""

OTHERS = (
    r"(?:customers?|clients?|guests?|callers?|buyers?|shoppers?|travell?ers?|visitors?|patients?|passengers?|users?|"
    r"readers?|members?|tenants?|citizens|families|"
    r"klant(?:en)?|gasten|reizigers|bezoekers|gebruikers|bewoners|burgers|huurders|leden|"
    r"kund(?:en|innen)|gäste|nutzer|reisende|mieter)"
)
LINKS = (
    r"(?:without|zonder|ohne|who|that|are|is|pays?|paid|have|has|of|from|aged|over|under|between|with|in|can|must|"
    r"die|zijn|hebben|met|van|tussen|boven|onder|uit|betalen|kunnen|moeten|"
    r"sind|haben|mit|zahlen|von|zwischen|über|können|müssen|aus)"
)

_CLEARED: Final[tuple[str, ...]] = (
    r"(?:regardless|irrespective|independent(?:ly)?) of [^.!?\n]{1,80}",
    r"(?:whatever|no matter|doesn't matter|does not matter|never matters?) [^.!?\n]{1,60}",
    r"(?:ongeacht|los van|onafhankelijk van|maakt niet uit) [^.!?\n]{1,80}",
    r"(?:unabhängig von|ungeachtet|egal) [^.!?\n]{1,80}",
    r"(?:never|not|don't|nobody|no one) (?:ever )?(?:asks?|asked|look(?:s|ed)? at|counts?|judges?|considers?|"
    r"discriminates?)[^.!?\n]{1,60}",
    r"(?:nooit|niet) (?:vragen|kijken|letten)[^.!?\n]{1,50}|(?:vragen|kijken|letten) (?:nooit|niet)[^.!?\n]{1,50}",
    rf"{OTHERS} {LINKS}(?!\w){NOT_ABOUT_YOU}{{0,70}}",
    rf"(?:questions?|complaints?|requests?|vragen|klachten|verzoeken|fragen|beschwerden|anfragen) "
    rf"(?:about|on|of|for|over|om|zu|zum|zur|nach|wegen)(?!\w){NOT_ABOUT_YOU}{{0,60}}",
)

_CLEARED_FOR: Final[dict[WordingGround, tuple[str, ...]]] = {
    WordingGround.NATIVE: (
        r"(?:not|n't|never) (?:have to|need to|necessarily) be (?:a |an )?(?:native|mother)[\w -]{0,30}",
        r"need not be (?:a |an )?(?:native|mother)[\w -]{0,30}",
        r"no need (?:to be|for)(?: an?)? native[\w -]{0,30}",
        r"native(?: speakers?)? or not",
        r"(?:no|not a?) native speakers?(?: level)? (?:is |are )?(?:needed|required|necessary)",
        r"hoef(?:t|je)?[^.!?\n]{0,20} geen (?:native|moedertaal)[\w -]{0,20}",
        r"(?:muss|müssen)[^.!?\n]{0,20} kein[e]? muttersprach\w*",
        r"(?:their|hun|ihrer|customer's|customers'|caller's) (?:own |eigen |eigenen )?"
        r"(?:mother[ -]tongue|native (?:language|tongue)|first language|moedertaal|muttersprache)",
        r"(?:talk|speak|chat|write|work|practise|learn)(?:s|ing)? (?:with|to|for|from) (?:[\w-]+ )?native speakers?",
        r"(?:praat|spreekt|praten|spreken|schrijft) (?:met|voor) (?:[\w-]+ )?(?:native speakers?|moedertaalsprekers?)",
    ),
    WordingGround.AGE: (
        r"(?:minimum age|minimumleeftijd|mindestalter)(?: of| is| van| von|:)? ?(?:16|18)(?! ?(?:-|to|tot|bis))",
        r"(?:at least|over|from|older than|minimum|minimaal|ouder dan|mindestens|älter als) (?:the age of )?(?:16|18)"
        r"(?: (?:years?(?: old| of age)?|jaar(?: oud)?|jahren?(?: alt)?))?(?! ?(?:-|to|tot|bis|and|en|und) ?\d)",
    ),
    WordingGround.GENDER: (
        r"(?:m[ae]n|boys|gentlemen|ladies|female|male) (?:and|or) (?:wom[ae]n|girls|ladies|gentlemen|female|male)[\w -]{0,20}",
        r"(?:looking for|seeking|hiring) [\w ]{0,30}(?:wom[ae]n (?:and|or) m[ae]n|m[ae]n (?:and|or) wom[ae]n)",
        r"zoeken [\w ]{0,30}(?:vrouwen (?:en|of) mannen|mannen (?:en|of) vrouwen|dames (?:en|of) heren)",
    ),
    WordingGround.GENDER_WORD: (
        r"(?:gastvrouw|gastheer) ?(?:/|of|en) ?(?:gastvrouw|gastheer)",
        r"(?:hosts?|waiters?|stewards?) ?(?:/|and|or) ?(?:hostess(?:es)?|waitress(?:es)?|stewardess(?:es)?)",
        r"salesm[ae]n ?(?:/|and|or) ?(?:sales)?wom[ae]n",
    ),
    WordingGround.ACCENT: (
        r"no accent (?:scor|test|count|matter|is |will)[\w ]{0,20}",
        r"(?:any|every|all|your|an?) accents? (?:is|are) (?:welcome|fine|no (?:problem|obstacle))",
        r"geen accent (?:is |telt |wordt )[\w ]{0,20}",
    ),
    WordingGround.HEALTH: (
        r"(?:mental|good) health (?:insurance|care|support|days?|benefits|cover\w*|plan|budget)",
    ),
    WordingGround.FEE: (
        r"(?:no|without|zero|free of)(?: [\w-]+){0,2} (?:fees?|costs?|charges?|deposits?)",
        r"(?:never|not|don't|nobody|no one|nothing)(?: [\w-]+){0,6} (?:fees?|costs?|charges?|deposits?)",
        r"(?:geen|nooit|zonder)(?: \w+){0,3} [\w-]*(?:geld|kosten|borg(?:som)?|bijdrage)",
        r"(?:keine[rnm]?|nie|ohne)(?: \w+){0,3} \w*(?:gebühr(?:en)?|kosten|kaution)",
        r"(?:we|the company|the employer|your employer) (?:will |always )?(?:pays?|covers?|bears?|reimburses?)[^.!?\n]{1,60}",
        r"(?:wij|we|de werkgever) (?:betaalt|betalen|vergoeden|vergoedt|dragen)[^.!?\n]{1,60}",
        r"(?:wir|der arbeitgeber) (?:übernehmen|übernimmt|zahlen|zahlt|tragen)[^.!?\n]{1,60}",
        r"[\w-]*(?:fees?|costs?|charges?) (?:is|are|will be) (?:fully |all )?(?:paid|covered|borne|reimbursed) by "
        r"(?:us|the (?:company|employer)|your employer)",
        r"[\w-]+ (?:fees?|costs?|charges?) (?:is|are|will be) (?:fully |all )?(?:paid|covered|borne|reimbursed) by "
        r"(?:us|the (?:company|employer)|your employer)",
        r"\w*kosten (?:worden |zijn )?(?:\w+ ){0,2}(?:vergoed|voor onze rekening|door ons betaald|betaald door ons)",
    ),
    WordingGround.CONTACT: (
        rf"{OTHERS} (?:\w+ )?(?:call|ring|phone|mail|e-?mail|text|contact|message|reach|bellen|mailen) (?:us|me)[\w ,-]{{0,60}}",
        r"(?:solliciteer|apply|bewirb dich) (?:via|through|on|over|über) (?:dit|deze|this|the|diese[rs]?) "
        r"(?:platform|page|pagina|site|seite|plattform)",
    ),
}

CLEARED: Final[tuple[str, ...]] = (*_CLEARED, *french.CLEARED, *spanish.CLEARED, *italian.CLEARED)
CLEARED_FOR: Final = joined(_CLEARED_FOR, french.CLEARED_FOR, spanish.CLEARED_FOR, italian.CLEARED_FOR)
