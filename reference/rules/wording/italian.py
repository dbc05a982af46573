"""Italian phrases, and the longer ones in which they are harmless; read like those of `phrases.py` and `clearings.py`.

"Eta" without its accent is also a time of arrival, and "candidati" also the people who apply: neither stands alone.
"""

from typing import Final

from reference.enums import WordingGround as Ground

LANGUAGES = r"(?:italiano|italiana|inglese|tedesco|tedesca|francese|spagnolo|spagnola|olandese|portoghese|polacco|turco|greco)"
PEOPLES = (
    r"(?:italian[oaie]|tedesc[oa]|tedeschi|tedesche|frances[ei]|spagnol[oaie]|svizzer[oaie]|olandes[ei]|portoghes[ei]|"
    r"europe[oaie]|comunitari[oa]?)"
)
PAY = r"(?:stipendi[oi]?|salari[oi]?|retribuzion[ei]|ral|bust[ae] paga|reddito)"
TELL = r"(?:indica(?:re|te|ci)?|specifica(?:re|te)?|comunica(?:re|te)?|allega(?:re|te)?|invia(?:re|te|ci)?|dichiara(?:re)?)"
WE_LOOK_FOR = r"(?:cerchiamo|ricerchiamo|cercasi|ricercasi|selezioniamo|assumiamo|cerco)"
SOME = (
    r"(?:(?:una|un|uno|due|tre|delle|dei|giovani|giovane|bella|belle|simpatica|simpatiche|solare|persone|candidat[ie]|brava|"
    r"brave|agenti|risorse) ){0,3}"
)
ONLY = r"(?:solo|soltanto|solamente|esclusivamente|unicamente|preferibilmente|possibilmente)"
WOMEN_MEN = r"(?:donn[ae]|uomo|uomini|ragazz[ae]|signor[ae]|signorin[ae])"
BOTH = r"(?! ?(?:[/(,-]|e |o |ed ))"
AGE = r"(?:1[5-9]|[2-6]\d)"
YEARS = r"anni(?! di (?!età)| d')"
CHANNELS = r"(?:e-?mail|mail|posta elettronica|telefono|sms|whats ?app|telegram|messenger|instagram|facebook|linkedin)"
GEAR = r"(?:formazione|corso|cuffi[ae]|computer|attrezzatur[ae]|kit|materiale|licenza)"

NOT_TRADE = r"(?:(?!fattur[ae]|client[ei]|fornitor[ei])[^.!?\n])"
"""A character of what somebody pays who does not pay for the employer."""

PHRASES: Final[dict[Ground, tuple[str, ...]]] = {
    Ground.SALARY_HISTORY: (
        r"storico (?:retributivo|salariale|delle retribuzioni)|storia retributiva",
        rf"(?:tu[oae]|vostr[oae]) (?:ultim[oae]|attual[ei]|precedent[ei]) (?:\w+ )?{PAY}",
        rf"(?:tu[oa]|vostr[oa]) {PAY} (?:lord[oa] |nett[oa] |annu[oa] )?(?:attuale|precedente|corrente)",
        rf"{TELL} (?:(?!clienti?|dipendenti?|lavoratori)[\w']+ ){{0,4}}?"
        rf"(?:(?:ultim[oae]|attual[ei]|precedent[ei]) (?:\w+ )?{PAY}|{PAY} (?:lord[oa] )?(?:attuale|precedente))",
        rf"{TELL} (?:(?!clienti?|dipendenti?|lavoratori)[\w']+ ){{0,3}}?l'ultim[oa] {PAY}",
        r"quanto (?:guadagnavi|percepivi|prendevi|(?:guadagni|percepisci|prendi) (?:ora|adesso|attualmente|oggi))",
        rf"{PAY} attuale e (?:desiderat|richiest|attes)[oa]",
    ),
    Ground.NATIVE: (
        r"madre ?lingua|madrelingue|lingua madre|lingua materna",
        rf"(?:livello|parlant[ei]) nativ[oi]|{LANGUAGES} (?:livello )?nativ[oa]|nativ[oa] (?:in |di lingua ){LANGUAGES}",
    ),
    Ground.AGE: (
        r"(?:limit[ei]|fasci[ae]|requisit[oi]) (?:d'|di )età(?! (?:dei|degli|delle|della|per) )",
        r"età (?:massima|minima|richiesta)(?! (?:consigliata|per|dei|degli|di (?:utilizzo|accesso|guida)))",
        rf"età (?:compresa )?(?:tra|fra) (?:i )?{AGE}|età ?: ?(?:massimo )?{AGE} ?(?:-|/) ?\d{{2}} anni",
        rf"(?:tra|fra) (?:i )?{AGE} e (?:i )?\d{{2}} {YEARS}",
        rf"(?:candidat[oiae]|hai|avere) (?:con )?meno di {AGE} {YEARS}|non (?:aver superato i|hai più di|"
        rf"avere più di) {AGE} {YEARS}",
        rf"(?:candidat[oiae]|{WE_LOOK_FOR}) (?:\w+ ){{0,2}}?under ?\d{{2}}",
        rf"{WE_LOOK_FOR} {SOME}giovan[ei](?! (?:azienda|aziende|marchi|marchio|brand|impresa|imprese|realtà))",
    ),
    Ground.AGE_HINT: (
        r"(?:team|squadra|gruppo|ambiente)(?: di lavoro)? (?:\w+(?:,| e) ){0,2}giovane|giovane (?:e \w+ )?(?:team|squadra|"
        r"gruppo)",
        r"età media(?! (?:dei|degli|delle|della) )|nativ[oi] digital[ei]|neo ?(?:laureat|diplomat)[oiae]",
        r"(?:ideale|perfetto|adatto) (?:per |a )(?:gli )?studenti|(?:essere|sei|siate) maggiorenn[ei]|18 anni compiuti",
        rf"{WE_LOOK_FOR} ragazzi",
    ),
    Ground.GENDER: (
        rf"{ONLY} (?:una|un|delle|dei) {WOMEN_MEN}{BOTH}|{ONLY} (?:donne|uomini|ragazze|signore){BOTH}",
        rf"(?:preferibilmente|possibilmente) (?:donna|uomo|ragazza){BOTH}|{WE_LOOK_FOR} {SOME}{WOMEN_MEN}{BOTH}",
        r"(?:ragazza|ragazze|donna|signora) cercasi|(?:donne|uomini|ragazze) preferibilmente",
        r"(?:sesso|genere) ?: ?(?:femminile|maschile|donna|uomo)(?! ?(?:[/,]|o |e ))|voce (?:femminile|maschile|di donna|"
        r"da uomo)",
        r"(?:candidat[oiae]|personale) (?:di sesso )?(?:femminil[ei]|maschil[ei])(?! ?(?:/|o |e ))",
    ),
    Ground.GENDER_WORD: (r"signorin[ae]|cassier[ae] donna|segretaria|casaling[ah]e?",),
    Ground.ACCENT: (
        r"senza (?:\w+ )?accento (?:straniero|marcato|dialettale|regionale|evidente)|senza (?:alcun|nessun) accento",
        rf"(?:{LANGUAGES}|parl[aio]|parlare|dizione) (?:\w+ ){{0,3}}senza accento|accento (?:neutro|nativo|impeccabile)",
        r"(?:senza|priv[oa] di|nessuna|assenza di) (?:alcuna )?(?:inflession[ei]|cadenz[ae])(?: (?:dialettal[ei]|regional[ei]))?",
    ),
    Ground.ORIGIN: (
        rf"nazionalità {PEOPLES}|(?:nazionalità|cittadinanza) ?: ?(?!indifferente|qualsiasi|qualunque|tutte)\w+|"
        rf"possesso (?:di|della) (?:cittadinanza|"
        rf"passaporto) {PEOPLES}",
        r"(?:tua|vostra) (?:nazionalità|etnia|razza)|(?:tuo|vostro) (?:paese|luogo) (?:di |d')nascita|"
        r"colore della (?:tua )?pelle",
        rf"(?:avere|hai|possedere|possiedi) (?:la |il |un )?(?:cittadinanza|passaporto) {PEOPLES}|cittadinanza {PEOPLES} "
        r"(?:richiesta|obbligatoria|necessaria)",
        rf"{ONLY} (?:candidat[ie]|cittadin[ie]) {PEOPLES}|(?:candidat[ie]|cittadin[ie]) {PEOPLES} {ONLY}",
        rf"(?:{WE_LOOK_FOR} (?:solo )?|(?<!.)solo )(?:italiani|tedeschi|francesi|spagnoli|svizzeri|olandesi|portoghesi)",
        rf"sei {PEOPLES}(?=[.,;!?]| e )|(?:candidat[oiae]|sei|essere) di origin[ei] {PEOPLES}",
        r"no stranieri|stranieri esclusi|astenersi stranieri|nat[oiae] e cresciut[oiae] (?:in|a)|(?:sei|essere) nat[oa] (?:in|a)",
    ),
    Ground.BELIEF: (
        r"(?:cattolic[oa]|cattolici|cristian[oai]|musulman[oai]|ebre[oai]|protestant[ei]) (?:praticant[ei]|credent[ei])",
        r"candidat[oiae] (?:cattolic[oa]|cattolici|cristian[oai]|musulman[oai]|ebre[oai]|protestant[ei])",
        r"(?:tua|vostra) (?:religione|fede|confessione|appartenenza (?:politica|sindacale|religiosa))",
        r"tue (?:opinioni|idee) politiche|senza (?:hijab|velo islamico)|non (?:portare|indossare|porti|indossi) (?:il )?velo",
    ),
    Ground.HEALTH: (
        r"(?:godere di|godi di|avere|hai|essere in|sei in) (?:una )?(?:buona|ottima|perfetta) (?:salute(?! (?:finanziaria|"
        r"economica))|forma fisica)|sana e robusta costituzione|sana costituzione",
        r"(?:buona|ottima) (?:salute|forma fisica) (?:\w+ )?(?:richiesta|necessaria|indispensabile)",
        r"(?<!\bo\s)(?<!\be\s)senza (?:disabilità|handicap|problemi di salute|malattie croniche|patologie)",
        r"visita medica (?:obbligatoria|preassuntiva|richiesta)|(?:presentare|presenta|allegare|allega|fornire) (?:un |il )?"
        r"certificato medico",
        r"(?:mai|raramente) malat[oa]|(?:fisica|mental|psicologica)mente (?:idone[oa]|san[oa]|stabile)|idoneità fisica richiesta",
    ),
    Ground.FAMILY: (
        r"(?:senza|liber[oaie] da|no) (?:carichi|impegni|obblighi|vincoli) (?:familiari|famigliari|di famiglia)",
        r"(?:candidat[oiae]|nubil[ei]|celib[ei]|single|essere|donne?) (?:e )?senza figli|senza figli a carico|"
        r"non (?:avere|hai) figli",
        r"(?:tuo|vostro) stato civile|stato civile ?:|(?:indica|indicare) (?:\w+ )?stato civile(?! d)",
        r"non (?:essere |sei )?incinta|non in gravidanza|(?:progetti|intenzione|programmi) di (?:avere figli|maternità|"
        r"gravidanza)",
        r"preferibilmente (?:single|nubil[ei]|celib[ei])",
    ),
    Ground.APPEARANCE: (
        r"(?:bella|buona|ottima|gradevole|curata) presenza(?! (?:online|digitale|sul|sui|in|di|nel))",
        r"bell'aspetto|aspetto (?:fisico )?(?:curato|gradevole|attraente)(?! d)|(?:senza|no|niente) (?:tatuaggi|piercing)",
    ),
    Ground.PHOTO: (
        r"(?:cv|curriculum|candidatura)(?: vitae)? (?:con|e|\+|corredat[oa] (?:di|da)|complet[oa] di) (?:una )?"
        r"(?:foto|fotografia|fototessera)(?! d)",
        r"(?:tua|vostra) (?:foto|fotografia)(?! d)|foto (?:tua|a figura intera)|fototessera recente|(?:allega|invia) (?:una )?"
        r"fototessera",
    ),
    Ground.FEE: (
        r"(?:quota|cost[oi]|spese|tassa|contributo) (?:di |d'|per l')(?:iscrizione|formazione|candidatura)(?! (?:dei|"
        r"degli|delle) )",
        rf"a (?:tue|vostre) spese|{GEAR} (?:\w+ ){{0,2}}?a (?:tuo|vostro) carico|(?:costi|spese) (?:\w+ )?a (?:tuo|"
        rf"vostro) carico",
        r"a carico del(?:la)? candidat[oa]",
        r"(?:devi|dovrai|bisogna|occorre) (?:prima )?(?:pagare|versare|acquistare|comprare|investire) "
        rf"{NOT_TRADE}{{0,30}}?(?:\d+ ?(?:€|euro)|{GEAR}|cauzione|quota)(?! (?:dei|degli|delle|ai|agli|alle) )",
        rf"paghi (?:tu )?(?:la|il|le|un|una|i) (?:{GEAR}|quota|iscrizione|cauzione)|paghi \d+ ?(?:€|euro)",
        r"cauzione (?:rimborsabile )?(?:richiesta|per (?:le|il|la|l') ?(?:cuffi[ae]|computer|attrezzatur[ae]|kit))",
        r"(?:trattenut|dedott|detratt|scalat)[oaie] dal(?:la)? (?:tu[oa] )?prim[oa] (?:stipendio|busta paga|retribuzione)",
    ),
    Ground.UNPAID: (
        r"(?:formazione|prova|stage|tirocinio|affiancamento|settimana|ore|straordinari[oi]?|turn[oi]) (?:\w+ ){0,2}?"
        r"(?:non (?:retribuit|pagat|remunerat)[oaie]|senza (?:compenso|retribuzione|stipendio))",
        r"(?:formazione|prova|stage|tirocinio|affiancamento|settimana) non (?:è|sono|viene|sarà) (?:retribuit|pagat|"
        r"remunerat)[oaie]",
        r"(?:solo|soltanto|esclusivamente|unicamente) (?:a|su) provvigion[ei]|(?:pure|sole|sola|pura) provvigion[ei]|"
        r"provvigioni senza fisso",
    ),
    Ground.CONTACT: (
        r"chiamaci|chiamami|scrivici|scrivimi|contattaci|contattami|contattateci|chiamateci|scriveteci|telefonaci",
        r"(?:invia|inviare|inviate|inviaci|manda|mandaci|mandare|spedisci|inoltra) (?:il |un |la |una )?(?:tuo |tua |vostro |"
        r"proprio |propria )?(?:cv|curriculum|candidatura|lettera (?:di presentazione|motivazionale))",
        rf"(?:(?:candidarti|candidarsi|candidatevi|fai domanda)|(?:(?<!.)|(?<=[.!?]\s))candidati) (?:via|tramite|su|sul|per|dal) "
        rf"(?:{CHANNELS}|nostro (?:sito|portale|modulo))",
        r"(?:cellulare|cell\.|telefono|tel\.?|whatsapp) ?:? ?3\d{2}(?:[ .-]?\d{2,4}){2,3}",
    ),
}

NOT_ABOUT_YOU = r"(?:(?!\b(?:tu|tuo|tua|tuoi|tue|ti|te|voi|vostr[oaie]|noi|nostr[oaie])\b)[^.!?\n])"
OTHERS = (
    r"(?:client[ei]|clientela|utent[ei]|pazient[ei]|viaggiator[ei]|passegger[oi]|visitator[ei]|ospit[ei]|abbonat[oi]|"
    r"inquilin[oi]|assicurat[oi]|acquirent[ei]|cittadin[oi]|turist[ie]|bambin[oi]|famiglie|coppie|giocator[ei]|studenti|"
    r"genitori|consumator[ei])"
)
LINKS = (
    r"(?:che|senza|con|di|tra|fra|sono|hanno|paga|pagano|possono|devono|versano|inviano|in|a|over|under|madrelingua|"
    r"vogliono|chiedono|nella|nel)"
)

CLEARED: Final[tuple[str, ...]] = (
    r"(?:indipendentemente|a prescindere|senza (?:distinzion[ei]|discriminazion[ei])|qualunque sia|non importan?o?) "
    r"[^.!?\n]{1,80}",
    r"(?:non|mai) (?:ti )?(?:chiediamo|guardiamo|valutiamo|consideriamo|giudichiamo|discriminiamo)[^.!?\n]{1,60}",
    rf"{OTHERS} {LINKS}(?!\w){NOT_ABOUT_YOU}{{0,70}}",
    rf"(?:domande|richieste|reclami|dubbi|quesiti) (?:su|sul|sulla|sulle|sui|sugli|di|relativ[ie]|per)(?!\w)"
    rf"{NOT_ABOUT_YOU}{{0,60}}",
)

CLEARED_FOR: Final[dict[Ground, tuple[str, ...]]] = {
    Ground.NATIVE: (
        r"non (?:serve|è necessario|occorre|devi|bisogna|è richiesto)[^.!?\n]{0,30}(?:madre ?lingua|nativ[oa])[\w -]{0,20}",
        r"loro (?:propria )?(?:madre ?lingua|lingua madre|lingua materna)|madre ?lingua o (?:no|meno)|con parlanti nativi",
    ),
    Ground.AGE: (
        r"(?:senza|nessun|nessuno) limit[ei] (?:d'|di )età|età minima:? ?(?:di )?(?:16|18)",
        rf"garanzia[^.!?\n]{{0,30}} (?:tra|fra) {AGE} e \d{{2}} anni",
    ),
    Ground.GENDER_WORD: (
        r"segretari[oa] ?(?:/|o|e|-) ?segretari[oa]|segretaria[^.!?\n]{0,30}[hfmx] ?[/-] ?[hfmdx](?!\w)",
    ),
    Ground.FEE: (
        r"(?:nessun[oa]?|senza|zero|mai|non ci sono) (?:[\w'-]+ ){0,3}(?:quot[ae]|cost[oi]|spes[ae]|cauzione|tass[ae])"
        r"[\w' -]{0,30}",
        r"(?:paghiamo|copriamo|rimborsiamo|l'azienda (?:paga|copre|rimborsa))[^.!?\n]{1,60}",
        r"(?:spese|costi|quota) [^.!?\n]{0,40}(?:a nostro carico|a carico dell'azienda|rimborsat[ie]|pagat[ie] da noi)",
        r"non (?:devi|dovrai|bisogna|occorre|paghi)[^.!?\n]{1,60}",
    ),
    Ground.CONTACT: (
        r"[\w-]{4,30}(?: (?:\w+ ){1,2}(?:candidatura|cv|curriculum))? (?:da|su|tramite|attraverso) (?:questa|"
        r"la) (?:pagina|piattaforma)",
        r"(?:p\. ?iva|partita iva|codice fiscale) ?:? ?(?:it)?\d{11}",
    ),
}
