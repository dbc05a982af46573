"""French phrases, and the longer ones in which they are harmless; read like those of `phrases.py` and `clearings.py`.

A job title that names both genders is never found, nor what only the sector is about ("santé", "limite d'âge des jouets").
"""

from typing import Final

from reference.enums import WordingGround as Ground

LANGUAGES = r"(?:français|anglais|néerlandais|allemand|espagnol|italien|portugais|polonais|turc|arabe|grec|russe|roumain)"
PEOPLES = (
    r"(?:français(?:es?)?|belges?|suisses?|néerlandais(?:es?)?|allemande?s?|espagnole?s?|italien(?:ne)?s?|portugais(?:es?)?|"
    r"européen(?:ne)?s?|luxembourgeois(?:es?)?)"
)
PAY = r"(?:salaires?|rémunérations?|revenus?|payes?)"
BEFORE = r"(?:actuels?|actuelles?|précédente?s?|antérieure?s?|du poste précédent)"
TELL = (
    r"(?:indique[rz]?|précise[rz]?|mentionne[rz]?|communique[rz]?|donne[rz]?|joindre|joignez|joins|envoye[rz]|envoie|"
    r"fournir|fournissez|fournis)(?:-nous)?"
)
YOURS = r"(?:votre|vos|ton|ta|tes)"
JOBSEEKERS = r"(?:candidate?s?|profils?|postulante?s?|collaborat(?:eurs?|rices?)|conseillers?)"
WE_LOOK_FOR = r"(?:cherchons|recherchons|recherche|cherche|recrutons|recrute|embauchons)"
SOME = (
    r"(?:(?:(?:d')?une?|des|de|deux|trois|plusieurs|jeunes?|belles?|jolies?|charmante?s?|sympathiques?|souriante?s?|"
    r"dynamiques?|motivée?s?|gentil(?:le)?s?|vraie?s?) ){0,3}"
)
ONLY = r"(?:uniquement|seulement|exclusivement|de préférence|idéalement)"
BOTH = r"(?! ?(?:[/(,·-]|et |ou |comme ))"
YEARS = r"ans(?! d'(?!âge)| de )"
AGE = r"(?:1[5-9]|[2-6]\d)"
STARTS = r"(?:(?<!.)|(?<=[.!?]\s))"
CHANNELS = (
    r"(?:e-?mail|mail|courriel|téléphone|sms|whats ?app|telegram|messenger|instagram|facebook|linkedin)"
)
GEAR = r"(?:formation|casque|ordinateur|matériel|équipement|kit|licence)"

NOT_TRADE = r"(?:(?!factures?|clients?|fournisseurs?|remboursements?|partenaires?)[^.!?\n])"
"""A character of what somebody pays who does not pay for the employer."""

PHRASES: Final[dict[Ground, tuple[str, ...]]] = {
    Ground.SALARY_HISTORY: (
        r"historique (?:salarial|de (?:salaires?|rémunérations?)|de (?:votre|vos|ton|tes) (?:salaires?|rémunérations?))",
        rf"{YOURS} (?:derni(?:ers?|ères?)|anciens?|anciennes?|précédente?s?) {PAY}",
        rf"{YOURS} {PAY} (?:brute?s? |nette?s? |annuel(?:le)?s? |mensuel(?:le)?s? ){{0,2}}{BEFORE}",
        rf"{TELL} (?:(?!clients?|salariés?|leurs?|son|sa|ses)[\w']+ ){{0,4}}?"
        rf"(?:(?:derni(?:er|ère)|précédente?|ancien|ancienne) {PAY}|{PAY} {BEFORE})",
        rf"(?:{TELL}|{YOURS}) (?:(?!clients?|salariés?|leurs?|son|sa|ses)[\w']+ ){{0,3}}?(?:derni(?:ers?|ères?)|récente?s?) "
        r"(?:bulletins? de (?:salaire|paie|paye)|fiches? de (?:paie|paye))",
        r"combien (?:gagniez-vous|gagnais-tu|(?:gagnez-vous|gagnes-tu) (?:actuellement|aujourd'hui|maintenant))",
        rf"{PAY} actuel(?:le)? et (?:\w+ )?(?:souhaitée?|attendue?|prétentions)",
    ),
    Ground.NATIVE: (
        r"langues? maternelles?",
        r"(?:locuteurs?|niveau|francophones?|anglophones?|germanophones?|néerlandophones?|hispanophones?|italophones?) natifs?",
        r"(?:locutrices?|francophones?|anglophones?|germanophones?|hispanophones?) natives?|niveau (?:langue )?maternel(?:le)?",
        rf"{LANGUAGES} (?:courant ou |bilingue ou )?natif|nati(?:fs?|ves?) (?:en |de langue ){LANGUAGES}e?",
    ),
    Ground.AGE: (
        r"(?:limites?|tranches?|conditions?|critères?) d'âge(?! (?:des|du|de|pour) )",
        r"âge (?:maximum|minimum|maximal|minimal|requis|souhaité|exigé|idéal)(?! (?:\w+ )?(?:des|du|de la|de nos|pour) )",
        rf"(?:vous|tu) (?:(?:êtes|avez|es|as|âgée?s?) ){{1,2}}(?:entre |de ){AGE} (?:et|à) \d{{2}} {YEARS}",
        rf"entre {AGE} et \d{{2}} {YEARS}|âge ?: ?(?:de )?{AGE} (?:(?:-|à) \d{{2}} )?ans",
        rf"(?:{JOBSEEKERS} (?:de |ayant )?|vous avez |tu as )(?:âgée?s? de )?(?:moins|plus) de {AGE} {YEARS}",
        rf"{JOBSEEKERS} (?:âgée?s? )?(?:de |entre )?{AGE} ?(?:-|à|et) ?\d{{2}} {YEARS}",
        rf"n'(?:avez|as) pas plus de {AGE} {YEARS}",
        rf"{WE_LOOK_FOR} {SOME}jeunes? (?:\w+ )?(?:femmes?|hommes?|filles?|garçons?|gens|personnes?|talents?|{JOBSEEKERS})",
    ),
    Ground.AGE_HINT: (
        r"(?:équipe|ambiance) (?:\w+(?:,| et) ){0,2}jeune|jeune (?:et \w+ )?équipe",
        r"jeunes diplômée?s?|moyenne d'âge(?! (?:des|de nos|de la))|âge moyen(?! (?:des|de nos|de la))",
        r"(?:idéal|parfait) pour (?:les |des |un )?étudiants?|job étudiant|emploi étudiant",
        r"(?:vous êtes|tu es) majeure?(?:\(e\))?|(?:vous avez|tu as|avoir) (?:au moins |plus de )18 ans|18 ans révolus",
    ),
    Ground.GENDER: (
        rf"{ONLY} (?:une?|des|les) (?:femmes?|hommes?|filles?|dames?|garçons?){BOTH}",
        rf"(?:(?:vous êtes|de préférence) (?:une )?femme|{STARTS}(?:uniquement|seulement) (?:femmes|hommes|filles)){BOTH}",
        r"(?:postes?|offres?|emplois?|annonces?) (?:\w+ )?(?:réservée?s?|ouverte?s?|destinée?s?) (?:uniquement |exclusivement )?"
        rf"aux (?:femmes|hommes){BOTH}",
        rf"{WE_LOOK_FOR} {SOME}(?:femmes?|hommes?|filles?|garçons?|dames?){BOTH}",
        r"(?:femmes?|hommes?|filles?) (?:de préférence|souhaitée?s?|exigée?s?|demandée?s?)",
        rf"{STARTS}(?:femmes|hommes|filles) (?:uniquement|seulement|exclusivement)",
        r"(?:sexe|genre) ?: ?(?:féminin|masculin|femme|homme)(?! ?(?:[/,]|ou |et ))|voix (?:féminine|masculine|de femme|d'homme)",
        rf"(?:{JOBSEEKERS}|personnel) (?:de sexe )?(?:féminin|masculin)(?:e?s?)(?! ?(?:/|ou |et ))",
    ),
    Ground.GENDER_WORD: (r"hôtesses?|vendeuses?|télévendeuses?|caissières?|femmes? de ménage",),
    Ground.ACCENT: (
        r"sans (?:aucun |le moindre )?accent (?:étranger|prononcé|marqué|régional|audible|perceptible|notable)",
        r"sans (?:aucun|le moindre) accent(?=[.,;!])",
        rf"(?:{LANGUAGES}|parle[rz]?|parles|diction|élocution) (?:[\w']+ ){{0,3}}sans (?:aucun )?accent",
        r"(?:pas|peu) d'accent (?:étranger|prononcé|marqué|régional|audible)|accent (?:neutre|natif|parisien|irréprochable)",
    ),
    Ground.ORIGIN: (
        rf"nationalité (?:{PEOPLES}|ue)|nationalité ?: ?(?!indifférente|toutes|peu)\w+",
        r"(?:votre|ta|vos|tes) (?:nationalité|origines?|lieu de naissance|pays de naissance|couleur de peau|ethnie)",
        r"(?:avoir|avez|possède[rz]|possédez|détenir|détenez|titulaire) (?:d'une? |un |une |du |la |le )?(?:passeport|"
        r"citoyenneté) "
        rf"{PEOPLES}",
        rf"(?:candidate?s?|vous êtes|tu es|être) d'origine {PEOPLES}",
        rf"{ONLY} (?:des |les |aux |une? )?(?:candidate?s?|ressortissante?s?|citoyen(?:ne)?s?) {PEOPLES}",
        rf"(?:candidate?s?|ressortissante?s?|citoyen(?:ne)?s?) {PEOPLES} {ONLY}",
        rf"{WE_LOOK_FOR} (?:uniquement )?des (?:vrais )?(?:français|belges|suisses|néerlandais|allemands|espagnols|italiens)",
        rf"vous êtes (?:une? )?{PEOPLES}(?=[.,;!?]| et )",
        r"(?:vous êtes|être|candidats) née?s?(?:\(e\))? (?:en|au|aux|et)",
        r"pas d'étrangers|étrangers s'abstenir|(?:français|belges?|suisses?) de souche",
    ),
    Ground.BELIEF: (
        r"(?:catholique|musulmane?|chrétien(?:ne)?|juive?|juif|protestante?)s? (?:pratiquante?|croyante?)s?",
        r"candidate?s? (?:catholique|musulmane?|chrétien(?:ne)?|juive?|juif|protestante?)s?",
        r"(?:votre|ta) (?:religion|confession|appartenance (?:politique|syndicale|religieuse)|orientation politique)",
        r"(?:vos|tes) (?:opinions|convictions) (?:politiques|religieuses)",
        r"(?:sans|pas de) (?:hijab|voile islamique|signes? religieux)|port du voile|(?:ne portez|porter) pas (?:de|le) voile",
    ),
    Ground.HEALTH: (
        r"(?:êtes|es|être|soyez) en (?:bonne|excellente|parfaite|pleine) (?:santé|forme physique|condition physique)",
        r"(?:avoir|avez|as|jouissez d'|jouir d') ?une (?:bonne|excellente|parfaite) (?:santé(?! (?:financière|économique))|"
        r"condition physique)",
        r"(?:bonne|excellente|parfaite) (?:santé|condition physique) (?:\w+ )?(?:requise|exigée|indispensable|obligatoire)",
        r"(?<!ou\s)(?<!et\s)(?:sans (?:aucun )?|pas de |aucun )(?:handicap|problèmes? de santé|maladie chronique|"
        r"antécédents médicaux)(?! (?:n'|ne ))",
        r"(?:fournir|fournissez|joindre|joignez|passer|passez) (?:une? |votre )?(?:certificat médical|examen médical)",
        r"certificat médical d'aptitude|(?:jamais|rarement) malade",
        r"(?:physiquement apte|psychologiquement stable|mentalement stable)s?",
    ),
    Ground.FAMILY: (
        r"(?:candidate?s?|célibataires?|vous êtes|être) (?:et )?sans enfants?(?: à charge)?|sans enfants? à charge",
        r"(?:n'avez|n'as|ne pas avoir) (?:pas )?d'enfants?",
        r"(?:sans|pas de|ni) (?:charges?|obligations?|contraintes?|responsabilités?) (?:familiales?|de famille)",
        r"(?:votre|ta) situation (?:familiale|matrimoniale|de famille)|situation (?:familiale|matrimoniale) ?:|"
        r"(?:votre|ton) état civil",
        r"célibataires? (?:exigée?s?|souhaitée?s?|de préférence|uniquement)|(?:de préférence|être) célibataires?",
        r"(?:pas|ni) enceintes?|enceintes s'abstenir|(?:votre|vos|sans|un) (?:désirs?|projets?) (?:d'enfants?|de grossesse|"
        r"de maternité)",
    ),
    Ground.APPEARANCE: (
        r"(?:bonne|excellente|belle) présentation(?! (?:des|du|de|orale|écrite))|présentation (?:soignée|impeccable)(?! d)",
        r"(?:physique|apparence) (?:agréable|soignée?|avantageux|attrayante?|impeccable)(?! d)",
        r"(?:sans|pas de) (?:tatouages?|piercings?)|présentez bien(?=[.,;!]| et )",
    ),
    Ground.PHOTO: (
        r"(?:votre|ta) photo(?! d(?!'identité))|photo récente de (?:vous|toi)|photo d'identité",
        r"(?:cv|candidature)(?: vitae)? (?:avec|et|\+|accompagnée? d'une) ?(?:une )?photo",
    ),
    Ground.FEE: (
        r"frais (?:d'inscription|de formation|de candidature|de recrutement|de placement)(?! (?:des|de nos|aux) )",
        r"frais de dossier (?:à (?:votre|ta) charge|à payer|à verser)",
        r"à (?:vos|tes) (?:propres )?frais|(?:frais(?! de (?:retour|livraison|port))|coûts?|matériel|formation|casque|"
        r"ordinateur|équipement) "
        r"(?:[\w']+ ){0,3}?à (?:votre|ta) charge",
        r"(?:vous|tu) (?:devez |dois |devrez )?(?:d'abord )?(?:payer|payez|paies|payes|paierez|verser|versez|verserez|acheter|"
        rf"achetez|achètes|financez|investissez) {NOT_TRADE}{{0,30}}?(?:\d+ ?(?:€|euros?)|{GEAR}|caution|"
        rf"frais d'inscription)(?! (?:des|auprès|de nos|du|aux) )",
        rf"caution (?:remboursable )?(?:exigée|demandée|pour (?:le |votre |l')?{GEAR})",
        r"(?:déduit|retenu|prélevé)e?s? (?:de|sur) (?:votre|ton) premier salaire|formation (?:initiale |obligatoire )payante",
    ),
    Ground.UNPAID: (
        r"(?:formation|essai|stage|journées? d'essai|première semaine|heures supplémentaires|intégration) (?:\w+ )?"
        r"(?:non (?:rémunérée?s?|payée?s?)|sans rémunération)",
        r"(?:formation|période d'essai|journée d'essai|première semaine|stage) (?:n'est|ne sera) pas (?:rémunérée?|payée?)",
        r"(?:rémunération|salaire|payée?s?) (?:uniquement|exclusivement|seulement|100 ?%) (?:à la |au |aux |sur )?commissions?",
    ),
    Ground.CONTACT: (
        r"(?:contactez|contacte|appelez|appelle|écrivez|écris|joignez)[ -](?:nous|moi)(?! (?:au sujet|quand|lorsque))",
        r"(?:envoyez|envoie|adressez|adresse|transmettez|transmets|faites parvenir)(?:[ -](?:nous|moi))? (?:votre|vos|ton|"
        r"ta|une?) "
        r"(?:cv|candidature|lettre de motivation|curriculum vitae|dossier de candidature)",
        rf"(?:postulez|postule|postuler|candidatez) (?:\w+ )?(?:par|via|sur|à|au) (?:{CHANNELS}|(?:notre|nos) (?:propre )?"
        r"(?:site|page|formulaire|portail))",
        r"prenez contact avec (?:nous|notre équipe)",
    ),
}

NOT_ABOUT_YOU = r"(?:(?!\b(?:vous|votre|vos|tu|ton|ta|tes|toi|nous|notre|nos)\b)[^.!?\n])"
OTHERS = (
    r"(?:client(?:e|s|es|èle)?|consommat(?:eurs?|rices?)|utilisat(?:eurs?|rices?)|patiente?s?|voyageurs?|passagers?|"
    r"visiteurs?|abonnée?s?|locataires?|assurée?s?|adhérents?|acheteurs?|usagers?|enfants|familles|touristes|joueurs?|élèves|"
    r"parents|internautes)"
)
LINKS = (
    r"(?:d'|(?:sans|qui|dont|sont|ont|paie|paient|payent|verse|versent|avec|de|du|des|entre|âgée?s?|plus|moins|peuvent|"
    r"doivent|envoient|veulent|demandent|joignent|en|à|au)(?!\w))"
)

CLEARED: Final[tuple[str, ...]] = (
    r"(?:quel(?:le)?s? que soi(?:en)?t|indépendamment|peu importe(?:nt)?|sans (?:distinction|discrimination|tenir compte)) "
    r"[^.!?\n]{1,80}",
    r"(?:ne|n') ?(?:demandons|regardons|tenons|exigeons|jugeons|évaluons) (?:jamais|pas|ni|aucune?)[^.!?\n]{1,60}",
    r"(?:votre|vos) [^.!?\n]{1,60} (?:ne comptent?|n'importent?) pas",
    rf"{OTHERS} {LINKS}{NOT_ABOUT_YOU}{{0,70}}",
    rf"(?:questions?|demandes?|réclamations?|litiges?) (?:sur|concernant|relati(?:ves?|fs?)|liée?s?|de|des)(?!\w)"
    rf"{NOT_ABOUT_YOU}{{0,60}}",
)

CLEARED_FOR: Final[dict[Ground, tuple[str, ...]]] = {
    Ground.NATIVE: (
        r"(?:pas|inutile|jamais) [^.!?\n]{0,30}(?:langue maternelle|nati(?:fs?|ves?))[\w -]{0,20}",
        r"leurs? (?:propre )?langues? maternelles?|nati(?:f|ve) ou (?:non|pas)|avec des locuteurs natifs|"
        r"locuteurs? natifs? ou (?:non|pas)",
    ),
    Ground.AGE: (
        r"(?:sans|aucune|pas de) (?:limite|condition)s? d'âge|âge minimum ?:? ?(?:de )?18|plus de 18 ans",
        rf"(?:garantie?|contrat|prêt|crédit|existe)[^.!?\n]{{0,30}} entre {AGE} et \d{{2}} ans",
    ),
    Ground.GENDER_WORD: (
        r"(?:hôtes?|stewards?|vendeurs?|télévendeurs?|caissiers?)(?!\w)[^.!?\n]{0,40}(?:hôtesses?|vendeuses?|caissières?)",
        r"(?:hôtesses?|(?:télé)?vendeuses?|caissières?)[^.!?\n]{0,40}(?:(?:hôtes?|vendeurs?|caissiers?)(?!\w)|"
        r"[hfmwnx] ?[/-] ?[hfmwdnx](?!\w))",
    ),
    Ground.FEE: (
        r"(?:aucune?s?|sans|pas de|zéro|jamais de|ni) (?:[\w'-]+ ){0,3}(?:frais|coûts?|caution)[\w' -]{0,30}",
        r"nous (?:prenons|payons|finançons|remboursons|offrons|fournissons)[^.!?\n]{1,60}",
        r"frais [^.!?\n]{0,40}(?:pris en charge|remboursés|offerts|payés par (?:nous|l'employeur|l'entreprise)|à notre charge)",
        r"(?:ne|n')[^.!?\n]{0,15} (?:pas|jamais|rien)[^.!?\n]{0,50}",
    ),
    Ground.CONTACT: (
        r"[\w-]{4,30}(?: (?:votre|ta|ton) (?:candidature|cv))? (?:via|par|sur|depuis|avec) (?:cette|la) (?:page|plateforme)",
        r"(?:siret|siren|tva) ?(?:n° ?)?:? ?[\d ]{9,18}",
    ),
}
