"""What employers write in French, Spanish and Italian: by language and ground, texts with the words found, and harmless ones."""

FOUND = {
    "fr": {
        "salary_history": [
            ("Merci d’indiquer votre dernier salaire.", "indiquer votre dernier salaire"),
            ("Joindre les 3 derniers bulletins de salaire.", "Joindre les 3 derniers bulletins de salaire"),
            ("Precisez votre remuneration actuelle", "Precisez votre remuneration actuelle"),
        ],
        "native": [
            ("Français langue maternelle exigé.", "langue maternelle"),
            ("Vous parlez un anglais natif.", "anglais natif"),
        ],
        "age": [
            ("Vous avez entre 20 et 35 ans.", "Vous avez entre 20 et 35 ans"),
            ("Age maximum : 40 ans", "Age maximum"),
            ("Nous recherchons des jeunes femmes motivées.", "recherchons des jeunes femmes"),
        ],
        "age_hint": [
            ("Une équipe jeune et dynamique", "équipe jeune"),
            ("Idéal pour étudiants.", "Idéal pour étudiants"),
        ],
        "gender": [
            ("Nous recherchons une femme souriante.", "recherchons une femme"),
            ("Poste réservé aux femmes.", "Poste réservé aux femmes"),
            ("Service du soir. Hommes uniquement.", "Hommes uniquement"),
        ],
        "gender_word": [("Hôtesse pour notre accueil en ligne", "Hôtesse"), ("Cherchons vendeuse à distance", "vendeuse")],
        "accent": [
            ("Vous parlez français sans accent.", "parlez français sans accent"),
            ("Accent neutre exigé", "Accent neutre"),
        ],
        "origin": [
            ("De nationalité française", "nationalité française"),
            ("Indiquez votre lieu de naissance.", "votre lieu de naissance"),
            ("Vous êtes belge, et fier de l'être.", "Vous êtes belge"),
        ],
        "belief": [("Le port du voile n'est pas accepté.", "port du voile"), ("Quelle est votre religion ?", "votre religion")],
        "health": [
            ("Vous êtes en bonne santé.", "êtes en bonne santé"),
            ("Personne sans problème de santé", "sans problème de santé"),
        ],
        "family": [
            ("Sans enfants à charge", "Sans enfants à charge"),
            ("Précisez votre situation familiale.", "votre situation familiale"),
        ],
        "appearance": [("Excellente présentation exigée", "Excellente présentation"), ("Pas de piercings.", "Pas de piercings")],
        "photo": [("Joignez votre photo.", "votre photo"), ("CV avec photo", "CV avec photo")],
        "fee": [
            ("Frais d'inscription : 30 €", "Frais d'inscription"),
            ("Vous payez la formation avant de commencer.", "Vous payez la formation"),
            ("Ordinateur à votre charge", "Ordinateur à votre charge"),
        ],
        "unpaid": [
            ("Une formation non rémunérée de trois jours", "formation non rémunérée"),
            ("Rémunération uniquement à la commission", "Rémunération uniquement à la commission"),
        ],
        "contact": [
            ("Contactez-nous dès demain !", "Contactez-nous"),
            ("Envoyez votre CV à la responsable.", "Envoyez votre CV"),
            ("Appelez le 06 12 34 56 78", "06 12 34 56 78"),
        ],
        "web_address": [
            ("Voir www.boutique.example", "www.boutique.example"),
            ("https://emploi.example/ici", "https://emploi.example/ici"),
        ],
    },
    "es": {
        "salary_history": [
            ("Indica tu salario actual.", "Indica tu salario actual"),
            ("Envíanos tus tres últimas nóminas.", "Envíanos tus tres últimas nóminas"),
            ("Dinos cuánto cobrabas antes.", "cuánto cobrabas"),
        ],
        "native": [
            ("Español como lengua materna.", "lengua materna"),
            ("Nivel nativo de alemán", "Nivel nativo"),
            ("Ingles nativo", "Ingles nativo"),
        ],
        "age": [
            ("Edad entre 18 y 35 años.", "Edad entre 18"),
            ("Tienes entre 20 y 30 años.", "entre 20 y 30 años"),
            ("Buscamos gente joven con ganas.", "Buscamos gente joven"),
        ],
        "age_hint": [("Un equipo joven y dinámico", "equipo joven"), ("Perfecto para estudiantes", "Perfecto para estudiantes")],
        "gender": [
            ("Buscamos chica para el chat.", "Buscamos chica"),
            ("Solo mujeres.", "Solo mujeres"),
            ("Preferiblemente mujer", "Preferiblemente mujer"),
        ],
        "gender_word": [("Azafata para atención en línea", "Azafata"), ("Se ofrece puesto de dependienta", "dependienta")],
        "accent": [("Español sin acento extranjero", "Español sin acento"), ("Con acento neutro", "acento neutro")],
        "origin": [
            ("Nacionalidad española.", "Nacionalidad española"),
            ("Abstenerse extranjeros", "Abstenerse extranjeros"),
            ("Buscamos italianos que vivan en Madrid.", "Buscamos italianos"),
        ],
        "belief": [("Cuéntanos tu religión.", "tu religión"), ("Católicos practicantes", "Católicos practicantes")],
        "health": [
            ("Gozas de buena salud.", "Gozas de buena salud"),
            ("Personas sin discapacidad", "sin discapacidad"),
        ],
        "family": [("Sin cargas familiares", "Sin cargas familiares"), ("Indica tu estado civil.", "Indica tu estado civil")],
        "appearance": [("Se pide buena presencia.", "buena presencia"), ("Sin tatuajes", "Sin tatuajes")],
        "photo": [("Currículum con foto", "Currículum con foto"), ("Añade tu fotografía.", "tu fotografía")],
        "fee": [
            ("Cuota de inscripción: 20 €", "Cuota de inscripción"),
            ("Tienes que pagar 50 euros antes de empezar.", "Tienes que pagar 50 euros"),
            ("Auriculares por tu cuenta", "Auriculares por tu cuenta"),
        ],
        "unpaid": [
            ("Una formación no remunerada de una semana", "formación no remunerada"),
            ("Cobrarás solo a comisión.", "solo a comisión"),
        ],
        "contact": [
            ("¡Escríbenos!", "Escríbenos"),
            ("Envía tu currículum a la responsable.", "Envía tu currículum"),
            ("Teléfono: 612 345 678", "Teléfono: 612 345 678"),
        ],
        "web_address": [
            ("Mira www.tienda.example", "www.tienda.example"),
            ("En https://empleo.example/ya", "https://empleo.example/ya"),
        ],
    },
    "it": {
        "salary_history": [
            ("Indica la tua retribuzione attuale.", "Indica la tua retribuzione attuale"),
            ("Allegare l’ultima busta paga.", "Allegare l'ultima busta paga"),
            ("Quanto guadagnavi prima?", "Quanto guadagnavi"),
        ],
        "native": [("Italiano madrelingua", "madrelingua"), ("Cerchiamo una madre lingua tedesca.", "madre lingua")],
        "age": [
            ("Eta' massima 35 anni", "Eta' massima"),
            ("Hai tra i 20 e i 35 anni.", "tra i 20 e i 35 anni"),
            ("Cercasi giovane per assistenza via chat", "Cercasi giovane"),
        ],
        "age_hint": [("Un team giovane e dinamico", "team giovane"), ("Neolaureati benvenuti", "Neolaureati")],
        "gender": [
            ("Cerchiamo una ragazza solare.", "Cerchiamo una ragazza"),
            ("Solo donne.", "Solo donne"),
            ("Preferibilmente uomo", "Preferibilmente uomo"),
        ],
        "gender_word": [("Segretaria da remoto", "Segretaria"), ("Una signorina per il centralino", "signorina")],
        "accent": [
            ("Parli senza accento straniero.", "Parli senza accento"),
            ("Senza inflessioni dialettali", "Senza inflessioni dialettali"),
        ],
        "origin": [
            ("Di nazionalità italiana", "nazionalità italiana"),
            ("In possesso di cittadinanza italiana", "possesso di cittadinanza italiana"),
            ("Astenersi stranieri", "Astenersi stranieri"),
        ],
        "belief": [("Qual è la tua religione?", "tua religione"), ("Cattolici praticanti", "Cattolici praticanti")],
        "health": [
            ("Di sana e robusta costituzione", "sana e robusta costituzione"),
            ("Devi godere di buona salute.", "godere di buona salute"),
        ],
        "family": [("Senza impegni familiari", "Senza impegni familiari"), ("Stato civile: nubile", "Stato civile:")],
        "appearance": [("Bella presenza", "Bella presenza"), ("Si richiede bell’aspetto.", "bell'aspetto")],
        "photo": [("Curriculum con foto", "Curriculum con foto"), ("Aggiungi la tua foto.", "tua foto")],
        "fee": [
            ("Quota di iscrizione: 40 euro", "Quota di iscrizione"),
            ("Devi acquistare un kit iniziale.", "Devi acquistare un kit"),
            ("Il computer è a tuo carico.", "computer è a tuo carico"),
        ],
        "unpaid": [
            ("Due giorni di prova non retribuita", "prova non retribuita"),
            ("Solo a provvigione", "Solo a provvigione"),
        ],
        "contact": [
            ("Chiamaci subito!", "Chiamaci"),
            ("Inviare il proprio CV alla responsabile.", "Inviare il proprio CV"),
            ("lavoro (chiocciola) negozio (punto) com", "lavoro (chiocciola) negozio (punto) com"),
        ],
        "web_address": [
            ("Vedi www.negozio.example", "www.negozio.example"),
            ("Su https://lavoro.example/ora", "https://lavoro.example/ora"),
        ],
    },
}  # fmt: skip

FINE = {
    "fr": {
        "salary_history": ["Votre salaire est versé chaque mois.", "Vous aidez les salariés à lire leurs bulletins de paie."],
        "native": [
            "Vous répondez aux clients dans leur langue maternelle.", "Une application native pour Android",
            "Français au niveau C1",
        ],
        "age": [
            "Une maison qui existe depuis plus de 20 ans", "Vous avez entre 10 et 15 ans d'expérience.", "Sans limite d'âge.",
            "Des clients âgés de 18 à 35 ans", "Quel que soit votre âge, postulez.",
        ],
        "age_hint": ["Une jeune entreprise de meubles", "Des jouets dès le plus jeune âge"],
        "gender": [
            "Conseiller/conseillère clientèle (H/F)", "Nous recherchons un homme ou une femme patients.", "Mode femme et homme",
            "Chargé·e de clientèle F/H", "Téléconseiller(ère) bilingue", "Poste ouvert aux femmes et aux hommes",
        ],
        "gender_word": ["Vendeur ou vendeuse à distance", "Hôte/hôtesse d'accueil", "Un agent, une agente"],
        "accent": ["L'accent est mis sur la qualité.", "Un mot de passe sans accent", "Sans mettre l'accent sur la vente"],
        "origin": [
            "Des fromages d'origine française", "Trente nationalités travaillent ici.",
            "Vous parlez français et belge ou non, peu importe.",
        ],
        "belief": ["La bonne foi des deux parties", "Des voiles et des planches pour vos vacances"],
        "health": ["Une mutuelle santé", "Des clients du secteur de la santé", "Ouvert aux personnes avec ou sans handicap"],
        "family": ["Un hôtel sans enfants", "Les assurés qui changent de situation familiale", "Une entreprise familiale"],
        "appearance": ["La présentation des produits", "Une rémunération attrayante"],
        "photo": ["Les clients envoient une photo du colis.", "Des appareils photo"],
        "fee": [
            "Aucun frais d'inscription.", "Nous prenons en charge les frais de formation.",
            "Les clients versent une caution de 50 €.",
            "Vous réglez les questions de frais de livraison.", "Une équipe à votre écoute",
            "Vous payez les factures de formation.",
        ],
        "unpaid": ["Un congé non rémunéré est possible.", "Des factures non payées", "Formation rémunérée dès la première heure"],
        "contact": [
            "Les clients nous écrivent par WhatsApp.", "Vous contactez les clients par téléphone.",
            "SIRET 012 345 678 00012",
        ],
        "web_address": ["Un site web clair", "La page d'accueil de la boutique"],
    },
    "es": {
        "salary_history": ["Salario de 14 pagas, según convenio.", "Ayudas a empleados con dudas sobre su última nómina."],
        "native": ["Atiendes a clientes en su lengua materna.", "Publicidad nativa", "No hace falta ser hablante nativo."],
        "age": [
            "Más de 20 años de experiencia", "Descuentos para mayores de 65 años", "Sin límite de edad", "Moda joven",
            "Una marca joven",
            "Clientes de entre 18 y 35 años", "Entre 20 y 30 horas",
        ],
        "age_hint": ["Productos para piel joven", "Una empresa joven que crece"],
        "gender": [
            "Buscamos teleoperador/a.", "Buscamos chico o chica con paciencia.", "Ropa para mujer", "Candidat@s con inglés B2",
            "Agente de atención (h/m/x)", "Solo ropa de mujer",
        ],
        "gender_word": ["Azafato o azafata", "Secretaría de Estado", "Dependiente/dependienta"],
        "accent": ["El acento está en la calidad.", "Escribe la contraseña sin acentos."],
        "origin": [
            "Productos de origen español", "Nacionalidad: cualquiera", "Treinta nacionalidades",
            "Clientes con pasaporte alemán",
        ],
        "belief": ["Vestidos de novia con velo o sin velo", "Actuamos de buena fe."],
        "health": ["Seguro de salud", "El sector de la salud", "Personas con o sin discapacidad"],
        "family": [
            "Hoteles para familias sin hijos", "Seguros para mujeres sin hijos", "Una empresa familiar",
            "Seguros para padres e hijos",
        ],
        "appearance": ["Buena presencia en redes", "La apariencia de la aplicación"],
        "photo": ["Los clientes mandan una foto del paquete.", "Edición de fotografías"],
        "fee": [
            "Sin cuota de inscripción", "Un equipo a tu cargo de diez personas", "Trabajas por tu cuenta.",
            "Pagamos la formación.",
            "Resuelves dudas sobre la cuota de inscripción.", "Los clientes pagan una fianza.",
        ],
        "unpaid": ["Formación remunerada", "Facturas no pagadas", "Cobramos una comisión a los vendedores."],
        "contact": [
            "Los clientes nos llaman por teléfono.", "Respondes por correo y WhatsApp.",
            "El cliente contacta con nosotros.",
        ],
        "web_address": ["Una web moderna", "La página de ayuda"],
    },
    "it": {
        "salary_history": ["RAL da 22.000 euro", "Aiuti i dipendenti a leggere l'ultima busta paga."],
        "native": ["Rispondi ai clienti nella loro madrelingua.", "Un'app nativa", "Italiano livello C1"],
        "age": [
            "Giovane azienda di Torino", "Oltre 20 anni di esperienza", "Senza limiti di età",
            "Giochi per bambini di età compresa tra 16 e 18 mesi",
            "ETA: 20 minutes", "Clienti tra i 18 e i 35 anni", "Tra 20 e 30 ore",
        ],
        "age_hint": ["Un marchio giovane", "Linea per pelli giovani"],
        "gender": [
            "Operatore/operatrice di assistenza", "Cerchiamo un uomo o una donna con pazienza.", "Abbigliamento donna",
            "Agente (m/f/d)", "Candidati di sesso maschile e femminile", "Cerchiamo consulenti per moda donna.",
        ],
        "gender_word": ["Segretario/segretaria", "La segreteria telefonica", "Una commessa per tre mesi"],
        "accent": ["L'accento è sulla qualità.", "Scrivi la password senza accento."],
        "origin": [
            "Vini di origine italiana", "Nazionalità: qualsiasi", "Trenta nazionalità", "Cittadini con passaporto svizzero",
            "Azienda nata a Milano",
        ],
        "belief": ["In buona fede", "Abiti con o senza velo"],
        "health": ["Assicurazione sulla salute", "Il settore della salute", "Persone con o senza disabilità"],
        "family": ["Hotel per coppie senza figli", "Un'azienda di famiglia", "Aggiorni lo stato civile degli assicurati."],
        "appearance": ["Una buona presenza online", "L'aspetto del sito"],
        "photo": ["I clienti inviano una foto del pacco.", "Stampa di fotografie"],
        "fee": [
            "Nessuna quota di iscrizione", "Paghiamo noi i costi di formazione.", "I clienti pagano una cauzione di 50 euro.",
            "Figli a tuo carico", "Devi pagare i fornitori di attrezzature.", "Non devi acquistare le cuffie.",
            "Domande sulla quota di iscrizione",
        ],
        "unpaid": ["Formazione retribuita", "Prova gratuita del prodotto", "Fatture non pagate"],
        "contact": [
            "I clienti ci chiamano al mattino.", "Rispondi ai candidati via e-mail.",
            "Invia il tuo CV tramite questa pagina.", "Partita IVA 01234567890",
        ],
        "web_address": ["Un sito chiaro", "La pagina iniziale"],
    },
}  # fmt: skip
