"""The phrases looked for, English, Dutch and German in this order, by what is wrong with them; then the other languages.

They are parts of regular expressions in small letters, matched as whole words of a text in small letters; a blank stands for
any white space, a letter with an accent also for the same one without.
A phrase asks for something: a word that also means something harmless ("single", "native", "deposit") never stands alone.
"""

from typing import Final

from reference.enums import WordingGround
from reference.rules.wording import french, italian, spanish
from reference.rules.wording.tables import joined

LANGUAGES = (
    r"(?:english|dutch|flemish|german|french|spanish|italian|portuguese|polish|turkish|arabic|greek|swedish|danish|"
    r"norwegian|finnish|czech|romanian|hungarian|russian|ukrainian|bulgarian|croatian|serbian|japanese|chinese)"
)
PEOPLES = (
    r"(?:dutch|german|belgian|flemish|french|spanish|italian|portuguese|british|english|irish|polish|turkish|greek|"
    r"swedish|danish|norwegian|finnish|austrian|swiss|american|south african|african|asian|indian|serbian|moroccan|"
    r"surinamese|european|eu|western|white|caucasian)"
)
PAY = r"(?:salary|salaries|wages?|pay|earnings|income|compensation|remuneration)"
EARLIER = r"(?:current|present|previous|last|latest|most recent|past|prior|former)"
ASK = r"(?:tell us|mention|state|share|provide|include|indicate|disclose|specify|submit|enclose|attach|upload|send|give)"
WE_LOOK_FOR = r"(?:looking for|we look for|seeking|seek|hiring|searching for|in search of)"
ADJECTIVES = r"(?:(?:an?|some|two|three|several|[\w-]+),? ){0,3}"
JOBSEEKERS = r"(?:candidates?|applicants?|agents?|employees?|colleagues?|staff|persons?|workers?)"
CHANNELS = (
    r"(?:e-?mail|phone|telephone|sms|whats ?app|telegram|signal|messenger|viber|instagram|facebook|linkedin)"
)

_PHRASES: Final[dict[WordingGround, tuple[str, ...]]] = {
    WordingGround.SALARY_HISTORY: (
        r"(?:salary|pay|wage|earnings|income|compensation) history",
        rf"(?:your|candidate's|applicant's) {EARLIER} (?:\w+ )?{PAY}(?! (?:scale|band|slip|day))",
        rf"{ASK} (?:(?!their|customer)[\w,']+ ){{0,6}}{EARLIER} (?:\w+ )?{PAY}(?! (?:scale|band|day))",
        r"(?:what|how much) (?:do|did) you (?:currently |now )?earn(?! with us| here)",
        rf"based on (?:your |the )?{EARLIER} (?:\w+ )?{PAY}(?! (?:scale|band))",
        rf"{ASK} (?:(?!their|customer)[\w,']+ ){{0,5}}pay-?slips?",
        r"your (?:last|latest|recent|previous|current) (?:\w+ )?pay-?slips?",
        r"(?:huidig|laatstverdiend|laatst verdiend|vorig|eerder)e? (?:bruto)?(?:salaris|loon|inkomen|verdienste)"
        r"(?!schaal|strook|s?schalen)",
        r"salaris(?:geschiedenis|historie|verleden)",
        r"(?:laatste|recente|huidige) (?:\w+ )?(?:loonstrook|loonstroken|loonstrookjes?|salarisstrook|salarisstroken)",
        r"(?:loonstrook|loonstroken|loonstrookjes?|salarisstrook|salarisstroken) van (?:je|jouw|uw) (?:vorige|laatste|huidige)",
        r"wat (?:verdien|verdiende) (?:je|u) (?:nu|momenteel|laatst|daar)",
        r"(?:aktuelle|bisherige|letzte|derzeitige|jetzige)[srn]? (?:brutto)?(?:gehalt|verdienst|einkommen|lohn)(?:s|es)?",
        r"gehalts(?:historie|nachweis|nachweise|verlauf)|letzten? (?:\w+ )?(?:gehaltsabrechnung|lohnabrechnung)(?:en)?",
    ),
    WordingGround.NATIVE: (
        rf"(?:near-)?native (?:(?:or \w+|level|{LANGUAGES}) )?speakers?",
        r"native-(?:speakers?|speaking|level|like)",
        rf"(?:near-|near )?native (?:in |level of |level in )?{LANGUAGES}(?! (?:customers?|users?|brands?))",
        r"(?:near-|near )?native[ -](?:level|fluency|proficiency|quality|speaking)",
        r"(?:native|mother)[ -](?:tongue|language)s?",
        rf"(?:{LANGUAGES} (?:is|as) (?:(?:your|a|the) )?first language|first language (?:is|must be|should be) {LANGUAGES})",
        r"moedertaal(?:spreker|sprekers|niveau)?|van huis uit (?:nederlands|engels|duits|frans|spaans|italiaans)",
        r"native niveau|native (?:nederlands|engels|duits|frans|spaans|italiaans)(?:talige?)?",
        r"muttersprache|muttersprachler(?:in|innen|n)?|muttersprachliche[rnsm]?|muttersprachniveau",
    ),
    WordingGround.AGE: (
        r"(?:minimum|maximum|max\.?|upper|lower|required|preferred|desired) age",
        r"age (?:limit|range|group|requirement|restriction)s?(?! of (?:the |our )?(?:customers?|products?|toys?))",
        r"aged? (?:between |from )?\d{2} ?(?:-|to|and|until) ?\d{2}",
        r"you(?:'re| are) (?:aged )?(?:between|from) \d{2} (?:and|to) \d{2}(?! ?(?:hours?|h|minutes?|km|%|weeks?|months?))",
        r"(?:between|from) (?:the ages of )?\d{2} (?:and|to) \d{2} years? (?:old|of age)",
        r"between the ages of \d{2} and \d{2}",
        r"(?:under|over|below|above|at least|at most|max\.?|maximum|up to|no older than|not older than) (?:the age of )?"
        r"\d{2} years? (?:old|of age)",
        r"(?:under|over|below|above) the age of \d{2}|(?:younger|older) than \d{2}(?! ?(?:days?|weeks?|months?|hours?|min))",
        rf"{JOBSEEKERS} (?:under|over|below|above) \d{{2}}",
        rf"{WE_LOOK_FOR} {ADJECTIVES}young (?:\w+ )?(?:persons?|people|m[ae]n|wom[ae]n|candidates?|talents?|ladies|lady|guys?)",
        r"je bent (?:\w+ )?(?:tussen|maximaal|hooguit|jonger|niet ouder) (?:de |dan )?\d{2}(?: (?:en|tot) \d{2})?(?! uur)",
        r"tussen (?:de )?\d{2} en \d{2} jaar(?! (?:werk)?ervaring| garantie)(?: oud)?",
        r"(?:jonger|ouder) dan \d{2}(?! (?:dagen|weken|maanden|uur|minuten))|(?:maximaal|max\.?|hooguit) \d{2} jaar oud",
        r"(?:maximum|minimum|maximale |minimale |gewenste )leeftijd|leeftijds(?:grens|groep|eis|categorie)",
        r"leeftijd:? (?:tussen |van |vanaf |tot )?(?:de )?\d{2}",
        r"(?:zoeken|gezocht:?) (?:(?:een|naar|\w+e) ){0,3}jonge (?:\w+ )?(?:mensen|meid|man|vrouw|collega's?|kandidaten|"
        r"talenten|honden|hond|medewerkers?)",
        r"zwischen \d{2} und \d{2} jahren?(?! (?:berufs)?erfahrung)(?: alt)?|(?:jünger|älter) als \d{2}(?! (?:tage|wochen))",
        r"(?:höchst|mindest|maximal)alter|altersgrenze|suchen (?:\w+ ){0,2}jungen? (?:leute|mitarbeiter\w*|menschen)",
    ),
    WordingGround.AGE_HINT: (
        r"young(?:, | and |,? \w+ and | )?(?:dynamic |energetic |ambitious |enthusiastic |international |fun )?team",
        r"young (?:people|talents?|professionals?|colleagues|minds?) (?:wanted|welcome|like you)",
        r"digital natives?|(?:recent|fresh|new) graduates?|school[ -]?leavers?|average age|youthful",
        r"(?:ideal|perfect|great|suitable) for students",
        r"(?:18|16)\+|(?:18|16) years? (?:old|of age)|(?:18|16) (?:years )?or older|(?:at least|minimum age:?) (?:18|16)"
        r"(?! ?(?:hours?|months?|weeks?|%|€|h))",
        r"jong(?:,| en)? (?:\w+(?:,| en)? ){0,2}team|gemiddelde leeftijd|jonge honden|jonge hond|pas afgestudeerd\w*",
        r"(?:18|16) jaar(?: of ouder)?|bijbaan voor studenten|leuk voor studenten",
        r"junge[sn]?,? (?:\w+(?:,| und)? ){0,2}team|durchschnittsalter|berufseinsteiger(?:in|innen)?",
    ),
    WordingGround.GENDER: (
        rf"(?:fe)?males? (?:only|preferred|voices?|{JOBSEEKERS})",
        r"(?:only|preferably|ideally|exclusively) (?:an? )?(?:females?|males?|wom[ae]n|m[ae]n|lad(?:y|ies)|girls?|boys?)(?!')"
        r"(?! (?:fashion|clothing|shoes|toys))",
        r"(?:wom[ae]n|m[ae]n|ladies|girls|boys) (?:only|preferred|wanted)",
        rf"{WE_LOOK_FOR} {ADJECTIVES}(?:wom[ae]n|m[ae]n|lad(?:y|ies)|girls?|boys?|guys?|gentlem[ae]n)(?!')"
        r"(?! (?:fashion|clothing|shoes|toys))",
        r"(?:gender|sex): ?(?:fe)?male|salesgirls?|salesladys?|salesladies",
        r"(?:vrouw|vrouwen|dames?|meid|meiden|meisjes?|heren|jongens) gezocht",
        r"(?:vrouwelijke?|mannelijke?) (?:kandidaat|kandidaten|medewerkers?|collega's?|sollicitanten|stem|agent(?:en)?)",
        r"(?:alleen|uitsluitend|bij voorkeur|liefst) (?:een )?(?:vrouw|vrouwen|man|mannen|dames?|heren|meiden|meisjes?|jongens)",
        r"(?:zoeken|gezocht:?) (?:(?:een|naar|leuke|enthousiaste|gezellige|spontane|jonge|vlotte) ){0,3}"
        r"(?:vrouw|vrouwen|dames?|meid|meiden|meisjes?|mannen|heren|jongens)|geslacht: ?(?:man|vrouw)",
        r"(?:weibliche|männliche)[rnms]? (?:bewerber\w*|mitarbeiter\w*|kandidat\w*|stimme)",
        r"nur (?:frauen|männer|damen|herren|mädchen)|(?:frauen|männer|damen) bevorzugt",
    ),
    WordingGround.GENDER_WORD: (
        r"waitress(?:es)?|hostess(?:es)?|stewardess(?:es)?|salesm[ae]n|saleswom[ae]n|chairm[ae]n|foreman|cleaning lady",
        r"(?:candidate|agent|employee|colleague) [^.!?\n]{0,50}(?:he|she|his) (?:will|must|should|has|needs|can|works|answers)",
        r"he/she|s/he|his/her|him/her|hij/zij|zijn/haar|er/sie",
        r"secretaresse|telefoniste|verkoopster|gastvrouw|receptioniste|caissière|kassamedewerkster|medewerkster",
        r"sekretärin|verkäuferin|telefonistin|empfangsdame|kundenberaterin",
    ),
    WordingGround.ACCENT: (
        r"(?:without|no|zero|minimal|hardly any|neutral|clean|standard|british|american|european|native) (?:\w+ ){0,2}"
        r"accents?(?! (?:colou?rs?|wall|lighting))",
        r"accent[ -](?:free|neutral)|accentless|unaccented|accent reduction",
        r"(?:zonder|geen|neutraal|hoorbaar|licht) (?:\w+ ){0,2}accent|accentloos|accentloze|accentvrije?",
        r"akzentfrei(?:e[rnsm]?)?|ohne (?:\w+ ){0,2}akzent|kein(?:en)? (?:\w+ )?akzent",
    ),
    WordingGround.ORIGIN: (
        r"(?:you(?:'re| are| were| must be)|candidates? (?:is|are|were)) born in",
        rf"{PEOPLES} nationality|nationality: ?\w+|(?:your|candidate's|applicant's) (?:nationality|country of birth|birthplace|"
        r"place of birth|ethnicity|ethnic origin|ethnic background|race|skin colou?r)",
        rf"(?:have|has|hold|holds|holding|with|of|possess|require|requires|required:?) (?:an? |the )?{PEOPLES} "
        r"(?:passports?|citizenship|origin|descent|heritage|background|roots|ethnicity)",
        rf"(?:only|exclusively|preferably|ideally) (?:\w+ )?{PEOPLES} (?:nationals?|citizens?|passport holders?|people|"
        r"candidates?|applicants?)",
        rf"{PEOPLES} (?:nationals?|citizens?|candidates?|applicants?|people|passport holders?) (?:only|preferred|wanted)",
        rf"(?:be|are|must be) (?:an? )?{PEOPLES} (?:national|citizen)|{PEOPLES}[ -]born",
        rf"you(?:'re| are) (?:originally |a )?{PEOPLES}(?=[.,;!]| (?:and|or|by|yourself))",
        rf"{WE_LOOK_FOR} {ADJECTIVES}(?:dutchm[ae]n|dutchies|germans|belgians|italians|spaniards|greeks|poles|south africans|"
        rf"{PEOPLES} (?:people|nationals|citizens))",
        r"(?:no|without) (?:foreigners|immigrants|migrants|refugees|expats)|(?:locals|natives) only|born and raised in",
        r"(?:nederlandse|belgische|duitse|vlaamse|europese|westerse|eu)[ -](?:nationaliteit|afkomst|komaf|origine|paspoort|"
        r"achtergrond)",
        r"(?:nationaliteit|afkomst|geboorteland|geboorteplaats):|(?:je|jouw|uw) (?:nationaliteit|afkomst|geboorteland|"
        r"geboorteplaats|etniciteit|huidskleur)",
        r"(?:alleen|uitsluitend|bij voorkeur|liefst|zoeken|gezocht:?) (?:(?:een|naar|echte) ){0,2}(?:nederlanders?|belg|belgen|"
        r"duitsers?|vlaming|vlamingen|autochtonen|europeanen)",
        r"geen (?:buitenlanders|allochtonen|immigranten|asielzoekers|expats)|geboren en getogen|autochtone?",
        r"(?:deutsche|niederländische|österreichische|schweizer)[rn]? (?:staatsangehörigkeit|staatsbürgerschaft|nationalität|"
        r"herkunft|abstammung|pass)",
        r"nur (?:deutsche|eu-bürger\w*|inländer)(?! (?:kunden|kundinnen|texte|sprache|produkte))|keine ausländer",
    ),
    WordingGround.BELIEF: (
        r"(?:practi[sc]ing|believing|devout) (?:christian|muslim|jew|catholic|hindu|protestant)s?",
        rf"(?:christian|muslim|jewish|catholic|hindu|protestant) (?:{JOBSEEKERS}|faith|beliefs?)",
        r"(?:no|without(?: a)?) (?:headscar(?:f|ves)|hijab|veil)|your (?:religion|faith|political (?:views?|opinions?)|"
        r"union membership)",
        r"(?:geen|zonder) hoofddoek|(?:je|jouw|uw) (?:geloof|religie|geloofsovertuiging|politieke voorkeur)",
        r"praktiserend (?:christen|moslim)|(?:christelijk|islamitisch|joods|katholiek)e? (?:kandidaat|kandidaten|"
        r"levensovertuiging|geloof)",
        r"(?:ohne|kein) kopftuch|ihre (?:religion|konfession)",
    ),
    WordingGround.HEALTH: (
        r"(?:good|excellent|perfect) (?:physical |mental |general )?health(?! (?:insurance|care|plan|benefits|cover))",
        r"in (?:good|excellent|top) (?:physical |mental )?(?:shape|condition)",
        r"(?:physically|mentally) (?:fit|healthy|strong|stable)",
        rf"(?:healthy|able-bodied) (?:{JOBSEEKERS})",
        r"(?:no|without|free (?:of|from)) (?:any )?(?:disabilit(?:y|ies)|handicaps?|(?:chronic )?illness(?:es)?|medical "
        r"(?:conditions?|history|issues|problems)|(?:mental )?health (?:issues|problems|complaints))",
        r"(?:pass|undergo|require|need|provide) (?:an? )?medical (?:check|examination|certificate|test|screening)",
        r"sick(?:ness)? (?:leave )?(?:history|record)|(?:low|no|little) (?:sick leave|absenteeism)|(?:never|rarely) (?:ill|sick)",
        r"(?:goede|uitstekende|prima) (?:lichamelijke |geestelijke |fysieke |mentale )?gezondheid",
        r"(?:lichamelijk|fysiek|mentaal|psychisch) (?:gezond|fit|stabiel)|nooit ziek|medische keuring|laag (?:ziekte)?verzuim",
        r"geen (?:lichamelijke |medische |psychische )?(?:beperking|beperkingen|handicap|ziekteverleden|gezondheidsklachten|"
        r"klachten)(?! (?:in|aan|op|qua|van|over))",
        r"(?:guter|beste|gute) gesundheit(?! ?s)|körperlich (?:fit|gesund)|psychisch (?:stabil|gesund)|gesundheitszeugnis",
        r"keine (?:behinderung|behinderungen|vorerkrankung|vorerkrankungen)",
    ),
    WordingGround.FAMILY: (
        r"(?:no|without|don't have|do not have) (?:small |young |any )?(?:children|kids|family (?:obligations|commitments|"
        r"responsibilities))(?!')",
        r"(?:single|unmarried|married|childless|childfree) (?:candidates?|applicants?|only|preferred|mothers? need)",
        r"(?:not|no) (?:be )?pregnan(?:t|cy)|marital status|family (?:status|plans|planning)|wish to have children",
        r"(?:plan|plans|planning) (?:to have|on having) (?:a family|children|kids|a baby)",
        r"geen (?:kleine |jonge |thuiswonende )?kinderen|kinderwens|burgerlijke staat|gezins(?:situatie|plannen|planning)",
        r"niet zwanger|(?:ongehuwde?|vrijgezelle?|kinderloze?) (?:kandidaat|kandidaten|medewerkers?)",
        r"familienstand|kinderwunsch|keine (?:kleinen )?kinder|nicht schwanger|familienplanung",
    ),
    WordingGround.APPEARANCE: (
        r"(?:attractive|beautiful|handsome|pleasant|good|nice|neat|presentable|well-kept) appearance",
        r"good[ -]looking|well[ -]groomed",
        r"(?:no|without) (?:visible )?(?:tattoos?|piercings?)",
        r"(?:aantrekkelijk|verzorgd|representatief|net)e? (?:uiterlijk|voorkomen|verschijning|uitstraling)",
        r"(?:geen|zonder) (?:zichtbare )?(?:tatoeages?|tattoos?|piercings?)",
        r"gepflegte[sn]? (?:äußeres|äußeren|erscheinungsbild|auftreten|erscheinung)",
    ),
    WordingGround.PHOTO: (
        r"(?:your|a recent) (?:\w+ )?(?:photo|photograph|selfie)|photo of (?:you|yourself)|picture of (?:you|yourself)",
        r"(?:cv|resume|résumé|application) (?:with|and|including) (?:an? |your )?(?:recent )?photo",
        r"pasfoto|foto van (?:je|jezelf|u|uzelf)|cv met (?:een )?(?:recente )?foto|bewerbungsfoto|lichtbild",
    ),
    WordingGround.FEE: (
        r"(?:registration|application|training|starter|enrol?lment|recruitment|placement|processing|joining|sign-?up|onboarding|"
        r"screening|background[ -]check) (?:fee|cost|charge|deposit)s?",
        r"(?:at|for) your own (?:expense|cost)s?|(?:deducted|withheld|recovered) from your (?:first )?(?:salary|pay|wages?)",
        r"you (?:have to |must |need to |will |should )?(?:first )?(?:pay|transfer|invest|deposit) [^.!?\n]{0,40}?(?:[€$£] ?\d+|"
        r"euros?|eur|fees?|deposit|training|course|headset|laptop|equipment|kit|licen[cs]e)",
        r"(?:buy|purchase) (?:your own|our|the) (?:headset|(?:starter )?kit|training|course|laptop|equipment|licen[cs]e)",
        r"(?:a|your|refundable|security) deposit (?:of|for) "
        r"(?:(?:[€$£] ?|eur |euro )?\d+|(?:the|your) (?:headset|laptop|equipment))",
        r"(?:inschrijf|registratie|opleidings|trainings|bemiddelings|deelname)(?:geld|kosten|bijdrage)",
        r"(?:op|voor) eigen (?:kosten|rekening)(?! en risico van)|borg(?:som)? (?:van|voor|betalen)|ingehouden op (?:je|uw) "
        r"(?:loon|salaris)",
        r"(?:je|u) (?:betaalt|koopt)(?: \w+){0,5} (?:training|cursus|headset|laptop|apparatuur|inschrijving|opleiding|vog)",
        r"(?:training|cursus|headset|laptop|apparatuur|opleiding) (?:\w+ ){0,3}zelf (?:betalen|bekostigen|aanschaffen|kopen)",
        r"(?:anmelde|schulungs|vermittlungs|ausbildungs|registrierungs)(?:gebühr|gebühren|kosten)",
        r"auf eigene (?:kosten|rechnung)|kaution (?:von|für|in höhe)",
    ),
    WordingGround.UNPAID: (
        r"unpaid (?:\w+ )?(?:training|trial|internship|test|probation|work|shifts?|hours|overtime|days?|week)",
        r"(?:training|trial|onboarding|first week)(?: period| days?)? (?:is|are) (?:unpaid|not paid)|commission[ -]only",
        r"onbetaalde? (?:\w+ )?(?:proef\w*|training\w*|stage|inwerk\w*|werkdag\w*|overwerk|uren)",
        r"(?:uitsluitend|alleen) commissie",
        r"no cure,? no pay",
        r"unbezahlte[rnsm]? (?:\w+ )?(?:probe\w*|praktikum|schulung\w*|arbeit\w*|überstunden)|reine provision|"
        r"nur auf provision(?:sbasis)?",
    ),
    WordingGround.CONTACT: (
        rf"(?:contact|message|text|write to|write|reach|mail|e-mail|email|call|ring|add|dm) (?:us|me)(?: \w+){{0,4}} "
        rf"(?:via|on|by|through|at|over|per) (?:our )?(?:{CHANNELS}|www|https?)",
        r"(?:call|ring|phone|e-?mail|whats ?app|text|dm) (?:us|me)(?= (?:on|at|for|to apply|now|today)|[.!,])",
        r"send (?:us )?(?:your|an?) (?:cv|resume|résumé|application|motivation letter|cover letter)(?: and [\w ]{1,30})? "
        r"(?:to|via|by|through)",
        rf"apply (?:via|by|through|on|at|with) (?:{CHANNELS}|www|"
        r"(?:our|the company's) (?:own )?(?:website|site|portal|page|form))",
        r"(?:bel|mail|app|whatsapp|sms) (?:ons|me|mij)|stuur (?:ons )?(?:je|jouw|uw|een) (?:cv|sollicitatie|motivatie|"
        r"motivatiebrief|gegevens)",
        r"solliciteer (?:via|per|op|bij) [\w-]+",
        r"bewirb dich (?:per|über|unter|bei) [\w-]+|bewerbung(?:en)? (?:an|per)|rufen? (?:sie )?uns an|schick (?:uns )?dein",
    ),
}

PHRASES: Final = joined(_PHRASES, french.PHRASES, spanish.PHRASES, italian.PHRASES)

AS_THEY_STAND: Final[dict[WordingGround, tuple[str, ...]]] = {
    WordingGround.CONTACT: (
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+){1,8}",
        r"[\w.-]+ ?[(\[] ?(?:at|arroba|arobase|chiocciola) ?[)\]]"
        r" ?[\w-]+ ?(?:[(\[] ?(?:dot|point|punto) ?[)\]]|\.) ?[a-z]{2,6}(?!\w)",
        r"(?<![\w.@])@[a-z][\w.]{3,}",
        r"(?<![\w.,€$£/+-])(?:\+|00)\d(?:[ ()./-]?[ ()./-]?\d){8,13}(?!\w)",
        r"(?<![\w.,€$£/+-])(?!\d\d(?P<mark>[-./])\d\d(?P=mark)(?:19|20)\d\d)(?!\d\d[.]\d\d ?-)0\d(?:[ ./-]?\d){7,10}(?!\w)",
    ),
    WordingGround.WEB_ADDRESS: (r"(?:https?://|(?<!\w)www\.)[^\s<>\"']+",),
}
"""Addresses and numbers: their edges are not those of words."""
