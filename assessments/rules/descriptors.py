"""What the shipped items ask a person to be able to do, in our own words: one list, so that every sentence is translated.

Items hold these sentences in English (`descriptor.can_do`); a test holds that no shipped bank has another one.
"""

from django.utils.translation import gettext_noop as _

CAN_DO = (
    # Reading for orientation
    _("Can find a name, day, price or number on a form, receipt or notice."),
    _("Can find a name, place, day, price or time on a form, list or notice."),
    _(
        "Can find specific information in simple everyday material such as price lists, timetables and "
        "order overviews."
    ),
    _("Can find the one detail that matters in a short notice or message about times and places."),
    _("Can find the one detail that matters in a short notice, card or announcement."),
    _("Can find the one detail that matters in a short notice, card or timetable message."),
    # Reading correspondence
    _("Can understand the main point of a very short message about an order or a day at work."),
    _("Can understand the main point of a very short message about an order, a trip or a day at work."),
    _("Can understand the main point of a very short message about an order."),
    _("Can understand a short simple mail and see what the writer wants or what has happened."),
    _("Can understand a short, simple mail or chat about an everyday order, visit or problem."),
    _("Can understand a short, simple mail, chat or review about an everyday order, visit or problem."),
    _(
        "Can understand a straightforward mail or review well enough to see what has happened, how the "
        "writer feels and what the writer expects."
    ),
    _(
        "Can understand a straightforward mail well enough to see what has happened, how the writer "
        "feels and what the writer expects."
    ),
    _(
        "Can read a longer mail and recognise the writer’s purpose, attitude and request even when they "
        "are only implied."
    ),
    _(
        "Can read demanding correspondence and recover attitudes, hints and reservations that the writer "
        "does not state."
    ),
    _(
        "Can understand long formal letters and hedged decisions, including what the writer avoids "
        "saying outright."
    ),
    _(
        "Can grasp the finer points of any correspondence, including what is implied by irony, faint "
        "praise or deliberate understatement."
    ),
    # Reading instructions
    _("Can follow a very short instruction with familiar words, such as where to go or when to call."),
    _("Can follow a very short notice that says what to do next."),
    _("Can follow very short, simple steps with everyday words."),
    _("Can follow simple rules and steps, for example for exchanges, accounts or a machine."),
    _("Can follow simple rules and steps, for example for returns, codes or vouchers."),
    _("Can follow simple rules and steps, for example for returns, passwords or safety."),
    _("Can follow simple rules and steps, for example for returns, payments or a machine."),
    _("Can understand simple rules and instructions for using a service or returning a product."),
    _("Can follow clearly written rules for using a service, including a simple condition or exception."),
    _("Can understand a clearly written procedure or rule and apply it to one customer’s case."),
    _("Can apply a detailed rule with conditions and exceptions to a particular case."),
    _("Can apply a long rule with several limits and exceptions to a case that it does not name."),
    _("Can work out from a long, complex policy text what applies to a case that it does not name."),
    _("Can work out from a long, complex policy text what applies to a case that it doesn’t name."),
    # Grammatical accuracy
    _(
        "Can use a few simple forms, such as the verb ‘zijn’, plurals, pronouns, articles and negation, "
        "in short learned sentences."
    ),
    _(
        "Can use a few simple forms, such as verb endings, articles, negation and the verb in second "
        "place, in short learned sentences."
    ),
    _(
        "Can use a few simple forms, such as ‘essere’ and ‘avere’, articles, gender and plurals, in "
        "short learned sentences."
    ),
    _(
        "Can use a few simple forms, such as ‘ser’ and ‘tener’, articles, gender and plurals, in short "
        "learned sentences."
    ),
    _(
        "Can use a few simple forms, such as ‘to be’, plurals, pronouns and negation, in short learned "
        "sentences."
    ),
    _(
        "Can use a few simple forms, such as ‘être’, articles, gender, plurals and negation, in short "
        "learned sentences."
    ),
    _(
        "Can use simple past and present forms, comparison and common verb patterns correctly in short "
        "sentences."
    ),
    _("Can use simple past forms, pronouns, prepositions and comparison correctly in short sentences."),
    _(
        "Can use simple patterns such as past tenses, comparison, pronouns and commands correctly in "
        "routine sentences."
    ),
    _(
        "Can use simple tenses, comparison, adjective endings and basic word order correctly in short "
        "sentences."
    ),
    _(
        "Can use the perfect, the dative, comparison, separable verbs and the verb at the end of a "
        "clause in short sentences."
    ),
    _(
        "Can use common patterns such as conditionals, the passive, relative clauses and adjective "
        "endings with good control."
    ),
    _(
        "Can use common patterns such as conditionals, the passive, the present perfect and indirect "
        "questions with good control."
    ),
    _(
        "Can use common patterns such as conditions, the passive, indirect questions, separable verbs "
        "and ‘er’ with good control."
    ),
    _(
        "Can use common patterns such as past tenses in contrast, object pronouns and the present "
        "subjunctive with good control."
    ),
    _("Can use common patterns such as reflexive verbs, the passive and relative clauses with good control."),
    _(
        "Can use common patterns such as the imperfect, the passive, pronouns and the subjunctive after "
        "‘il faut que’ with good control."
    ),
    _(
        "Can use complex patterns such as the past subjunctive, unreal conditions and verbal periphrases "
        "with few mistakes."
    ),
    _("Can use complex patterns, such as unreal past conditions and wishes, with few errors."),
    _(
        "Can use complex patterns, such as unreal past conditions, relative and pronominal adverbs, with "
        "few errors."
    ),
    _(
        "Can use complex patterns, such as unreal past conditions, the passive with modal verbs and "
        "participles before a noun, with few errors."
    ),
    _(
        "Can use complex patterns, such as unreal past conditions, the subjunctive and compound "
        "relatives, with few errors."
    ),
    _(
        "Can keep a high degree of accuracy in demanding patterns such as concessive and relative "
        "clauses in the subjunctive."
    ),
    _("Can keep a high degree of accuracy in formal and less frequent patterns."),
    _(
        "Can keep a high degree of accuracy in formal patterns such as conditions without a conjunction "
        "and verbs with the genitive."
    ),
    _(
        "Can keep a high degree of accuracy in formal patterns such as inversion and the subjunctive "
        "after rare conjunctions."
    ),
    _("Can keep a high degree of accuracy in formal patterns such as inversion."),
    _(
        "Can keep consistent command of rare and formal patterns, such as concessives without a "
        "conjunction and inverted clauses."
    ),
    _(
        "Can keep consistent command of rare and formal patterns, such as the future subjunctive in "
        "fixed use and inverted clauses."
    ),
    _("Can keep consistent command of rare and formal patterns."),
    # Sociolinguistic appropriateness
    _("Can greet, thank and answer a customer with the simplest polite phrases."),
    _("Can use the simplest everyday polite forms to greet, thank and say goodbye."),
    _("Can open, soften and close a message politely in a neutral register."),
    _("Can react politely and helpfully to a complaint in a neutral register."),
    _("Can react politely and helpfully to a customer in a neutral register."),
    _("Can express refusal, regret and criticism tactfully to a customer or colleague."),
    _("Can word an unwelcome message tactfully and use the formulas of formal correspondence."),
    _("Can word an unwelcome message tactfully for a customer."),
    _("Can adjust register and directness to the reader and the occasion."),
    _("Can choose the register that fits a delicate message and recognise when a phrase is out of tune."),
    _("Can judge the finest effect of a wording on a reader in a formal or delicate message."),
    # Vocabulary range
    _("Can use basic words for days, personal details and simple requests."),
    _("Can use basic words for prices, times, places and simple requests."),
    _("Can use basic words for prices, times, things and simple requests."),
    _("Can choose the right everyday word in routine contact with customers."),
    _("Can use everyday words and word partners for routine dealings with customers."),
    _("Can choose the usual words and word partners for accounts, tickets and apologies."),
    _("Can choose the usual words and word partners for forms, invoices and services."),
    _("Can choose the usual words and word partners for forms, payments and services."),
    _("Can use enough words and word partners to deal with usual customer matters."),
    _("Can choose the fitting word among near neighbours in work matters, fixed verb partners included."),
    _("Can use phrasal verbs and common word partners of service contact precisely."),
    _("Can use prefixed verbs and common word partners of service contact precisely."),
    _("Can use the word partners and set phrases of service contact precisely."),
    _(
        "Can use verbs with fixed prepositions or nouns and common word partners of service contact "
        "precisely."
    ),
    _("Can choose exact and idiomatic words for formal service correspondence."),
    _("Can use a broad range of words, collocations and idioms of working life precisely."),
    _(
        "Can choose between close synonyms and less common fixed expressions with full command of their "
        "connotations."
    ),
    _("Can tell close synonyms apart and use rare expressions with exactly their meaning."),
    # Coherence and cohesion
    _("Can link short sentences with simple words such as ‘and’, ‘but’ and ‘because’."),
    _("Can link short sentences with simple words such as ‘et’, ‘mais’ and ‘parce que’."),
    _("Can link short sentences with simple words such as ‘und’, ‘aber’ and ‘oder’."),
    _("Can link short sentences with simple words such as ‘want’, ‘maar’ and ‘dus’."),
    _("Can join ideas with a limited range of linking words so that the reader can follow the point."),
    _("Can link short sentences with common connecting words so that reason, contrast and order are clear."),
    _("Can use a range of linking expressions to mark concession, purpose and consequence."),
    _("Can use a variety of linking words to mark condition and topic."),
    _("Can use a variety of linking words to mark contrast, condition and concession."),
    _("Can use a variety of linking words to mark contrast, condition and topic."),
    _("Can use a variety of linking words to mark reason, contrast and condition."),
    _("Can use a wide range of connecting phrases to show how one event bears on another."),
    _("Can use a wide range of connecting phrases to show how one event or claim bears on another."),
    _("Can use a wide range of connecting words to show how one event bears on another."),
    # Obtaining goods and services
    _("Can ask for and give information in everyday dealings in shops, stations and on the telephone."),
    _("Can deal with simple, direct exchanges when giving and receiving everyday services."),
    # Reading for information and argument
    _("Can understand why a short notice asks for something."),
    _("Can pick out the relevant facts in a clear chat or note about work and act on them."),
    _("Can pick out the relevant facts in a clear message or note about work and act on them."),
    _("Can pick out the relevant facts in a clear message, chat or note about work and act on them."),
    _(
        "Can understand the line of thought in a work text and tell the main reason from what is only "
        "mentioned."
    ),
    _(
        "Can understand the reasons and reservations in a text about work and tell what is criticised "
        "from what is not."
    ),
    _(
        "Can understand the reasons and reservations in a text about work or a product and tell what is "
        "criticised from what is not."
    ),
    _("Can follow a complex argument in a report or decision and see on which point it turns."),
    _("Can follow a dense work text and see how strongly each claim is made and what it rests on."),
    _(
        "Can follow a dense, abstract argument in all its shades and tell apart positions that differ "
        "only slightly."
    ),
    _(
        "Can understand the exact scope of clauses with nested conditions and exceptions, and notice "
        "where a text is open to two readings."
    ),
    # Identifying cues and inferring
    _("Can use tone and context to see what a customer means by an indirect remark."),
    _("Can infer attitude and intention from irony, understatement and choice of words."),
    _("Can infer feelings and intentions from choice of words, irony and what is left unsaid."),
    _("Can see through faint praise, deliberate vagueness and irony that nothing marks."),
    # Propositional precision
    _("Can qualify statements exactly as to certainty, degree and condition."),
    _("Can qualify statements to show how certain they are and grasp understated meaning."),
    _("Can qualify statements to show how certain they are and grasp who vouches for them."),
    _("Can reformulate a sentence so as to remove an ambiguity or to commit to exactly as much as is meant."),
    _("Can reformulate a sentence so as to remove an ambiguity or to concede exactly as much as is meant."),
    _("Can reword a statement without adding to it or taking away from it."),
    _("Can use tense, mood and rewording to say exactly as much as is meant and to remove an ambiguity."),
    _("Can word a sentence so as to remove an ambiguity or to concede exactly as much as is meant."),
    # Judgement in customer service
    _("Can calm an upset customer and move towards a solution."),
    _("Can keep to the limits of what may be given, and say so in a way that keeps trust."),
    _("Can notice signs of fraud and act on them without accusing anybody."),
    _("Can protect personal data while still helping."),
    _("Can tell when to hand over or ask for help, and hands over well."),
    # Shopping in the Netherlands
    _("Can explain how customers there pay, and what stands on an invoice."),
    _("Can read an address there and explain how parcels are delivered."),
    _("Can tell customers which rights they have after a purchase."),
    _("Knows the days, words and offices that customers there mention."),
    # Art and museums of Rome
    _("Can tell visitors what is left of ancient Rome, and where."),
    _("Can tell visitors what they will see in the Vatican Museums and in Saint Peter’s."),
    _("Can tell visitors which masterpieces stand in Rome’s churches and squares."),
    _("Can tell visitors which museum holds what."),
    # Travelling in Spain
    _("Can explain bookings, papers and meals in a hotel."),
    _("Can explain how to get around in Spain."),
    _("Can tell travellers where the best-known sights are and what visiting them needs."),
    _("Knows the feasts, hours and languages that travellers ask about."),
    # Dutch manners with customers
    _("Can address a customer there as is usual."),
    _("Can open and lead a call there as is usual."),
    _("Can open, lay out and close a letter or e-mail as is usual there."),
    _("Knows the rules there about calling, writing to and speaking with consumers."),
)
"""As the items of the banks have them, by the scale of the descriptor."""
