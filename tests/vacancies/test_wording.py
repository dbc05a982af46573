"""Words that may not stand in a vacancy, words that are better left out, and the many that are fine."""

import re
import time

import pytest

from reference.enums import WordingGround
from reference.rules.wording import find_in, findings, stopping_words
from reference.rules.wording.reasons import REASONS
from tests.factories.vacancies import version_content
from vacancies.rules.publishing import missing_facts
from vacancies.rules.wording import findings_in, stops_in

FOUND = {
    "salary_history": [
        ("Tell us your current salary.", "Tell us your current salary"),
        ("Please state your present salary and notice period.", "state your present salary"),
        ("We look at your salary history.", "salary history"),
        ("Mention your previous annual salary.", "Mention your previous annual salary"),
        ("What do you earn now?", "What do you earn"),
        ("How much did you earn at your last job?", "How much did you earn"),
        ("The offer is based on your previous pay.", "based on your previous pay"),
        ("Send us your last three payslips.", "Send us your last three payslips"),
        ("Attach a recent pay-slip.", "Attach a recent pay-slip"),
        ("Vermeld je huidige salaris.", "huidige salaris"),
        ("Wat is je laatstverdiende brutosalaris?", "laatstverdiende brutosalaris"),
        ("Stuur je laatste loonstrook mee.", "laatste loonstrook"),
        ("De loonstrook van je vorige baan", "loonstrook van je vorige"),
        ("Wat verdien je nu?", "Wat verdien je nu"),
        ("Nennen Sie Ihr aktuelles Gehalt.", "aktuelles Gehalt"),
        ("Bitte mit Gehaltsnachweis.", "Gehaltsnachweis"),
    ],
    "native": [
        ("You are a native speaker.", "native speaker"),
        ("Native Dutch speakers only.", "Native Dutch speakers"),
        ("native-level German", "native-level"),
        ("You speak near-native English.", "near-native English"),
        ("Dutch is your mother tongue.", "mother tongue"),
        ("Your native language is German.", "native language"),
        ("Fluent or native French.", "native French"),
        ("French as a first language.", "French as a first language"),
        ("Dutch as first language.", "Dutch as first language"),
        ("Your first language is Dutch.", "first language is Dutch"),
        ("A native\nspeaker of Spanish", "native speaker"),
        ("Native‑speaker level", "Native-speaker"),
        ("You are a na\u200btive speaker.", "native speaker"),
        ("Nederlands is je moedertaal.", "moedertaal"),
        ("Wij zoeken moedertaalsprekers Duits.", "moedertaalsprekers"),
        ("Je spreekt van huis uit Nederlands.", "van huis uit Nederlands"),
        ("Native niveau Engels", "Native niveau"),
        ("Deutsch als Muttersprache", "Muttersprache"),
        ("Muttersprachler gesucht", "Muttersprachler"),
        ("auf muttersprachlichem Niveau", "muttersprachlichem"),
    ],
    "age": [
        ("You are between 20 and 35.", "You are between 20 and 35"),
        ("Candidates aged 18-30 can apply.", "aged 18-30"),
        ("Maximum age: 35.", "Maximum age"),
        ("There is an age limit.", "age limit"),
        ("Not older than 40.", "older than 40"),
        ("You are under the age of 30.", "under the age of 30"),
        ("between 25 and 40 years old", "between 25 and 40 years old"),
        ("Max. 35 years old.", "Max. 35 years old"),
        ("At most 45 years of age.", "At most 45 years of age"),
        ("We are looking for young people with energy.", "looking for young people"),
        ("looking for an enthusiastic young woman", "looking for an enthusiastic young woman"),
        ("Candidates over 50 need not apply.", "Candidates over 50"),
        ("Je bent tussen de 18 en 30 jaar.", "Je bent tussen de 18 en 30"),
        ("Leeftijd: 20 tot 35", "Leeftijd: 20"),
        ("Niet ouder dan 35.", "ouder dan 35"),
        ("De maximumleeftijd is 30.", "maximumleeftijd"),
        ("Wij zoeken jonge mensen.", "zoeken jonge mensen"),
        ("Sie sind zwischen 20 und 30 Jahre alt.", "zwischen 20 und 30 Jahre alt"),
        ("Nicht älter als 35.", "älter als 35"),
        ("Das Höchstalter ist 40.", "Höchstalter"),
    ],
    "age_hint": [
        ("You join a young team.", "young team"),
        ("A young and dynamic team awaits you.", "young and dynamic team"),
        ("You are a digital native.", "digital native"),
        ("Ideal for students.", "Ideal for students"),
        ("Recent graduates apply here.", "Recent graduates"),
        ("You are at least 18 years old.", "at least 18"),
        ("Our average age is 27.", "average age"),
        ("Een jong en dynamisch team", "jong en dynamisch team"),
        ("De gemiddelde leeftijd is 25.", "gemiddelde leeftijd"),
        ("Je bent 18 jaar of ouder.", "18 jaar of ouder"),
        ("ein junges, dynamisches Team", "junges, dynamisches Team"),
    ],
    "gender": [
        ("Female candidates only.", "Female candidates"),
        ("We are looking for a friendly woman.", "looking for a friendly woman"),
        ("We look for a nice girl.", "We look for a nice girl"),
        ("Women only.", "Women only"),
        ("Preferably a man.", "Preferably a man"),
        ("Looking for girls with a nice voice", "Looking for girls"),
        ("A female voice is a plus.", "female voice"),
        ("Gender: female", "Gender: female"),
        ("Salesgirl for our chat", "Salesgirl"),
        ("Vrouw gezocht voor de chat", "Vrouw gezocht"),
        ("Gezocht: dames voor de klantenservice", "Gezocht: dames"),
        ("Bij voorkeur een vrouw.", "Bij voorkeur een vrouw"),
        ("Wij zoeken een spontane meid!", "zoeken een spontane meid"),
        ("Wij zoeken een vrouwelijke medewerker.", "vrouwelijke medewerker"),
        ("Nur Frauen.", "Nur Frauen"),
        ("Männliche Bewerber bevorzugt", "Männliche Bewerber"),
    ],
    "gender_word": [
        ("The candidate knows that he will work at night.", "candidate knows that he will"),
        ("He/she answers the phone.", "He/she"),
        ("Hostess for a hotel chat", "Hostess"),
        ("Telefoniste gezocht", "Telefoniste"),
        ("Je wordt de gastvrouw van onze chat.", "gastvrouw"),
        ("Verkäuferin am Telefon", "Verkäuferin"),
    ],
    "accent": [
        ("You speak without an accent.", "without an accent"),
        ("Neutral accent required", "Neutral accent"),
        ("English with no noticeable accent", "no noticeable accent"),
        ("accent-free German", "accent-free"),
        ("A British accent is a must.", "British accent"),
        ("Accentloos Nederlands", "Accentloos"),
        ("Nederlands zonder accent", "zonder accent"),
        ("zonder hoorbaar accent", "zonder hoorbaar accent"),
        ("akzentfreies Deutsch", "akzentfreies"),
        ("Deutsch ohne Akzent", "ohne Akzent"),
    ],
    "origin": [
        ("You have the Dutch nationality.", "Dutch nationality"),
        ("Nationality: German", "Nationality: German"),
        ("Holding an EU passport is required.", "Holding an EU passport"),
        ("EU citizens only.", "EU citizens only"),
        ("Only Dutch people.", "Only Dutch people"),
        ("Dutch candidates preferred.", "Dutch candidates preferred"),
        ("You are Dutch.", "You are Dutch"),
        ("You must be a Belgian national.", "must be a Belgian national"),
        ("No foreigners.", "No foreigners"),
        ("Tell us your country of birth.", "your country of birth"),
        ("We are looking for Germans.", "looking for Germans"),
        ("of European descent", "of European descent"),
        ("Born and raised in Amsterdam.", "Born and raised in"),
        ("You are Spanish-born.", "Spanish-born"),
        ("Nederlandse nationaliteit vereist", "Nederlandse nationaliteit"),
        ("Vermeld je nationaliteit.", "je nationaliteit"),
        ("Wij zoeken Nederlanders in Spanje.", "zoeken Nederlanders"),
        ("Alleen Belgen.", "Alleen Belgen"),
        ("Geboren en getogen in Rotterdam", "Geboren en getogen"),
        ("Deutsche Staatsangehörigkeit", "Deutsche Staatsangehörigkeit"),
        ("Keine Ausländer", "Keine Ausländer"),
    ],
    "belief": [
        ("You are a practising Christian.", "practising Christian"),
        ("No headscarf on video.", "No headscarf"),
        ("Geen hoofddoek.", "Geen hoofddoek"),
        ("Tell us your religion.", "your religion"),
        ("Ohne Kopftuch", "Ohne Kopftuch"),
    ],
    "health": [
        ("You are in good health.", "good health"),
        ("Physically fit and cheerful", "Physically fit"),
        ("People without disabilities", "without disabilities"),
        ("You pass a medical examination.", "pass a medical examination"),
        ("You are never ill.", "never ill"),
        ("A low sick leave matters to us.", "low sick leave"),
        ("Je hebt een goede gezondheid.", "goede gezondheid"),
        ("Medische keuring verplicht", "Medische keuring"),
        ("Geen lichamelijke beperkingen.", "Geen lichamelijke beperkingen"),
        ("Sie sind bei guter Gesundheit.", "guter Gesundheit"),
        ("psychisch belastbar und psychisch stabil", "psychisch stabil"),
    ],
    "family": [
        ("You have no children.", "no children"),
        ("No family obligations", "No family obligations"),
        ("State your marital status.", "marital status"),
        ("You are not pregnant.", "not pregnant"),
        ("Unmarried applicants", "Unmarried applicants"),
        ("without plans to have children", "plans to have children"),
        ("Geen kleine kinderen thuis", "Geen kleine kinderen"),
        ("Heb je een kinderwens?", "kinderwens"),
        ("Familienstand: ledig", "Familienstand"),
    ],
    "appearance": [
        ("An attractive appearance", "attractive appearance"),
        ("You are well-groomed.", "well-groomed"),
        ("No visible tattoos", "No visible tattoos"),
        ("Een verzorgd uiterlijk", "verzorgd uiterlijk"),
        ("gepflegtes Erscheinungsbild", "gepflegtes Erscheinungsbild"),
    ],
    "photo": [
        ("Add your photo.", "your photo"),
        ("CV with photo", "CV with photo"),
        ("Stuur een pasfoto mee.", "pasfoto"),
        ("Met een foto van jezelf", "foto van jezelf"),
        ("Bitte mit Bewerbungsfoto", "Bewerbungsfoto"),
    ],
    "fee": [
        ("There is a registration fee of €25.", "registration fee"),
        ("Training costs: 200 euro.", "Training costs"),
        ("You pay €25 in advance.", "You pay €25"),
        ("No experience needed. There is a registration fee.", "registration fee"),
        ("You pay a deposit for the headset.", "You pay a deposit"),
        ("You need to buy our starter kit; buy our starter kit first.", "buy our starter kit"),
        ("Equipment at your own expense.", "at your own expense"),
        ("The course is deducted from your first salary.", "deducted from your first salary"),
        ("A refundable deposit of €50", "refundable deposit of €50"),
        ("Inschrijfgeld: 30 euro", "Inschrijfgeld"),
        ("Een headset koop je op eigen kosten.", "op eigen kosten"),
        ("De training moet je zelf betalen: training zelf betalen.", "training zelf betalen"),
        ("Opleidingskosten worden ingehouden op je loon.", "Opleidingskosten"),
        ("Schulungsgebühr 100 Euro", "Schulungsgebühr"),
        ("Laptop auf eigene Kosten", "auf eigene Kosten"),
    ],
    "unpaid": [
        ("The first week is unpaid.", "first week is unpaid"),
        ("Two unpaid trial days", "unpaid trial days"),
        ("commission-only", "commission-only"),
        ("Een onbetaalde proefdag", "onbetaalde proefdag"),
        ("unbezahlte Probearbeit", "unbezahlte Probearbeit"),
    ],
    "contact": [
        ("Mail to jobs@webshop.example", "jobs@webshop.example"),
        ("jobs (at) webshop (dot) com", "jobs (at) webshop (dot) com"),
        ("Call +31 6 1234 5678", "+31 6 1234 5678"),
        ("Bel 06-12345678", "06-12345678"),
        ("Tel. 020 123 45 67", "020 123 45 67"),
        ("Message us on WhatsApp.", "Message us on WhatsApp"),
        ("Apply via our own website.", "Apply via our own website"),
        ("Send your CV to the manager.", "Send your CV to"),
        ("On Telegram: @quickjobs", "@quickjobs"),
        ("Bel ons voor meer informatie.", "Bel ons"),
        ("Stuur je cv naar de manager.", "Stuur je cv"),
        ("Solliciteer via onze website.", "Solliciteer via onze"),
        ("Bewerbung an Frau Muster", "Bewerbung an"),
    ],
    "web_address": [
        ("More at https://jobs.example/now", "https://jobs.example/now"),
        ("See www.webshop.example", "www.webshop.example"),
    ],
}  # fmt: skip

FINE = [
    # Language at a level, and for whom
    "Dutch at B2, English at C1.", "You speak Dutch fluently.", "German-speaking customers", "Dutch-speaking candidates",
    "You help Dutch, Belgian and German customers.", "French-speaking people from any country", "Customers call in Dutch.",
    "Nederlandstalige klanten", "Je spreekt Nederlands op C1.", "Duitssprekende collega's", "Deutschsprachige Kunden",
    "You answer French customers in their own mother tongue.", "Klanten krijgen antwoord in hun eigen moedertaal.",
    "You need not be a native speaker.", "You do not have to be a native speaker of Dutch.", "Non-native speakers are at home.",
    "Je hoeft geen native speaker te zijn.", "You speak with native speakers all day.", "Native speaker or not: levels count.",
    # "native" of other kinds
    "You know our native app.", "We build with React Native.", "cloud-native software", "native advertising and content",
    # Pay
    "Salary paid monthly.", "Your salary is paid every month.", "A monthly payslip.", "The pay is €16.00 to €18.00 an hour.",
    "The current salary scale has six steps.", "You help employees who have a question about their last payslip.",
    "We never ask for your salary history.", "You explain to customers what they earned last year.",
    "Salaris wordt maandelijks betaald.", "Het huidige salarisschaal-systeem", "Gehalt wird monatlich gezahlt.",
    "Based on the current pay scale", "An attractive salary",
    # Age
    "A team of young products.", "A young company with old customs", "18 years of experience", "We exist for 30 years.",
    "Customers between 18 and 35", "Our customers are young people.", "between 20 and 32 hours a week",
    "You are available between 20 and 30 hours.", "Tussen 10 en 15 jaar ervaring", "a 30-year-old company",
    "toys for children under 12", "Orders older than 30 days are archived.", "Bestellingen ouder dan 30 dagen",
    "People of every age are welcome.", "Everybody regardless of age, gender or nationality.", "Ongeacht leeftijd of afkomst.",
    "Garantie tot 10 jaar", "Guests over 65 get a discount.", "zwischen 20 und 30 Stunden",
    # Gender
    "Customer adviser (m/w/d)", "Medewerker klantcontact (m/v/x)", "women's fashion", "Only women's shoes, no men's shoes",
    "Damesmode en herenmode", "Our customers are women between 30 and 50.", "Men and women alike are welcome.",
    "We are looking for men and women with patience.", "You sell dresses for girls.", "gastheer of gastvrouw",
    "Kund:innen", "Herrenmode", "You chat with women about skin care.",
    # Accent
    "The accent is on quality.", "Het accent ligt op service.", "accent colours", "All accents are welcome.",
    "No accent scoring, ever.", "Accenture is a client.", "Any accent is fine.", "Akzente setzen",
    # Nationality and origin
    "Colleagues of 30 nationalities", "A team with many nationalities", "You have the right to work in Portugal.",
    "Babies born in our clinics", "We look for women's shoes that last.", "Max. 30 days old", "English is our first choice.",
    "Travellers with a Dutch passport", "You help Dutch citizens with permits.", "Citizens of the EU and others",
    "European customers", "Irrespective of nationality or origin", "Dutch web shop", "the Italian kitchen",
    "You live in Spain.", "You are Dutch-speaking.", "You are German speaking.", "Dutch grammar", "Nur deutsche Texte",
    "Nederlandse klanten", "klanten met een Nederlands paspoort", "questions about nationality", "Polish the text.",
    # Health, family, looks
    "Health insurance is included.", "a good health insurance", "healthcare customers", "healthy snacks",
    "You help patients with their medical history.", "Gezondheidszorg", "Geen beperkingen in vakantiedagen",
    "single point of contact", "single sign-on", "children's clothing", "holidays for families without children",
    "Guests without children get another room.", "a family company", "You work with a married couple of owners.",
    "attractive pay", "the appearance of the app", "Customers send photos of their parcel.", "product photos",
    # Fees
    "No fee is ever asked.", "Nobody pays a registration fee here.", "We pay for the training.", "Free of training costs",
    "Customers pay a deposit of €50.", "You answer questions about registration fees.", "Training costs are paid by us.",
    "Geen inschrijfgeld.", "Wij betalen de opleidingskosten.", "Keine Schulungskosten.", "We send you a headset.",
    "You refund customers who pay a fee twice.", "unpaid invoices", "unpaid leave is possible", "Kosten worden vergoed.",
    # Contact
    "You answer by WhatsApp, chat and mail.", "You contact customers via WhatsApp.", "Customers call us on Monday.",
    "Start on 01-02-2027.", "Shift 08.00-17.00, 32 hours", "from 09:00 to 17:00", "pay 1.250.000 a year", "0900 numbers",
    "Je belt klanten terug.", "Apply through this platform.", "Solliciteer via deze pagina.", "about 1000 orders a day",
    "bol.com and other shops", "You work with Node.js.", "ISO 27001:2022 and 2000/78",
]  # fmt: skip


@pytest.mark.parametrize(
    ("ground", "text", "words"),
    [(ground, text, words) for ground, cases in FOUND.items() for text, words in cases],
)
def test_it_is_found_with_its_exact_words(ground: str, text: str, words: str) -> None:
    assert (ground, words) in [(finding.ground, finding.words) for finding in find_in(text)]


@pytest.mark.parametrize("text", FINE)
def test_what_is_harmless_is_left_alone(text: str) -> None:
    assert [(finding.ground, finding.words) for finding in find_in(text)] == []


def test_a_second_sentence_is_not_cleared_by_the_first() -> None:
    text = "Our customers are women. Women only."
    assert [finding.words for finding in find_in(text)] == ["Women only"]


def test_findings_stand_in_the_order_of_the_text() -> None:
    found = find_in("Women only. You are a native speaker, between 20 and 35 years old.")
    assert [finding.ground for finding in found] == ["gender", "native", "age"]


def test_what_stops_is_found_behind_however_much_advice() -> None:
    text = "You join a young team. " * (findings.MOST + 1) + "Women only!"
    assert len(find_in(text)) == findings.MOST
    assert stopping_words(text) == ["Women only"]
    assert find_in(text)[-1].words == "Women only"


def test_every_ground_has_cases_and_a_reason() -> None:
    assert set(FOUND) == set(WordingGround.values) == set(REASONS)
    assert all(str(reason.why) and str(reason.instead) for reason in REASONS.values())


def test_what_stops_and_what_is_advice() -> None:
    advice = {"age_hint", "gender_word", "appearance", "photo", "web_address"}
    assert {ground for ground, reason in REASONS.items() if not reason.stops} == advice


def test_every_field_with_free_words_is_read() -> None:
    content = version_content(
        title="Native speaker wanted", description="A young team.", locality_for="Women only, no children."
    )
    assert {
        field: [finding.ground for finding in findings] for field, findings in findings_in(content).items()
    } == {"title": ["native"], "description": ["age_hint"], "locality_for": ["gender", "family"]}
    assert stops_in(content) == {
        "title": "These words cannot be published: “Native speaker”. The editor says why.",
        "locality_for": "These words cannot be published: “Women only”, “no children”. The editor says why.",
    }


def test_words_that_stop_keep_a_vacancy_from_being_complete() -> None:
    content = version_content(description="There is a registration fee.")
    assert missing_facts(content, content.start_date) == {
        "description": "These words cannot be published: “registration fee”. The editor says why."
    }
    assert missing_facts(version_content(description="A young team."), content.start_date) == {}


@pytest.mark.parametrize(
    "piece", ["customers ", "no ", "native ", "between 20 ", "you pay ", "a@", "0 ", "+31 ", "send your "]
)
def test_the_longest_text_is_read_in_a_moment(piece: str) -> None:
    text = (piece * 8000)[:8000]
    find_in("warm")
    began = time.process_time()
    find_in(text)
    assert time.process_time() - began < 0.5


def test_no_text_takes_longer_than_its_length_asks_for() -> None:
    """A run of signs without an end would be followed to the end of the text from each of its signs."""
    endless = re.compile(r"(?:\\[sw]|\[(?!\^)[^\]]+\])[+*]")
    for ground in WordingGround:
        for table in (findings._phrases(ground), findings._clearings(ground)):
            assert not endless.search(table.pattern), ground


def test_signs_that_stand_for_many_hide_nothing() -> None:
    assert [
        one.words
        for one in find_in("\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 500 + " native speaker")
    ] == ["native speaker"]
    assert len(findings._comparable("\N{SQUARE KIROMEETORU}" * 100)) == 100
    assert [one.words for one in find_in("ｎａｔｉｖｅ　ｓｐｅａｋｅｒ")] == ["native speaker"]
