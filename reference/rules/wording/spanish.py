"""Spanish phrases, and the longer ones in which they are harmless; read like those of `phrases.py` and `clearings.py`.

"Equipo a tu cargo", "por tu cuenta" and "14 pagas" are about work, so money is found only beside what it is asked for.
"""

from typing import Final

from reference.enums import WordingGround as Ground

LANGUAGES = r"(?:español|castellano|inglés|alemán|francés|italiano|neerlandés|holandés|portugués|polaco|turco|árabe|catalán)"
PEOPLES = (
    r"(?:español(?:a|es|as)?|aleman(?:a|es|as)|alemán|frances(?:a|es|as)|francés|italian[oa]s?|portugues(?:a|es|as)|portugués|"
    r"holandes(?:a|es|as)|holandés|belgas?|europe[oa]s?|comunitari[oa]s?)"
)
PAY = r"(?:sueldos?|salarios?|nóminas?|remuneración|retribución)"
TELL = (
    r"(?:indica|indique|indicar|indícanos|especifica|especifique|especificar|menciona|mencione|mencionar|adjunta|adjunte|"
    r"adjuntar|"
    r"envía|envíe|enviar|envíanos|dinos|aporta|aportar)"
)
WE_LOOK_FOR = r"(?:buscamos|busco|buscando|se buscan?|necesitamos|se necesitan?|contratamos|seleccionamos)"
SOME = (
    r"(?:(?:a|una?|unos|unas|dos|tres|varias|varios|gente|personas?|candidat[oa]s|talentos?|agentes|comerciales|joven|jóvenes|"
    r"guapas?|simpáticas?|alegres?|buenas?) ){0,3}"
)
ONLY = r"(?:solo|sólo|solamente|únicamente|exclusivamente|preferiblemente|preferentemente)"
WOMEN_MEN = r"(?:mujer(?:es)?|hombres?|chic[oa]s?|señoritas?|señoras?|varón|varones)"
BOTH = r"(?! ?(?:[/(,@-]|y |o |e |u ))"
AGE = r"(?:1[5-9]|[2-6]\d)"
YEARS = r"años(?! de (?!edad))"
STARTS = r"(?:(?<!.)|(?<=[.!?¡]\s)|(?<=¡))"
CHANNELS = r"(?:e-?mail|mail|correo(?: electrónico)?|teléfono|sms|whats ?app|telegram|messenger|instagram|facebook|linkedin)"
GEAR = r"(?:formación|curso|auriculares|ordenador|portátil|kit|material|licencia)"

NOT_TRADE = r"(?:(?!facturas?|clientes?|proveedores|socios)[^.!?\n])"
"""A character of what somebody pays who does not pay for the employer."""

PHRASES: Final[dict[Ground, tuple[str, ...]]] = {
    Ground.SALARY_HISTORY: (
        r"(?:historial|histórico) (?:salarial|de (?:sueldos|salarios|nóminas))",
        rf"(?:tus?|vuestr[oa]s?) (?:últim[oa]s?|anterior(?:es)?|actual(?:es)?|previ[oa]s?) (?:\w+ )?{PAY}",
        rf"(?:tu|vuestr[oa]) {PAY} (?:brut[oa] |net[oa] |anual |mensual ){{0,2}}(?:actual|anterior|previ[oa])",
        rf"{TELL} (?:(?!clientes?|empleados?|trabajadores)\w+ ){{0,4}}?"
        rf"(?:(?:últim[oa]s?|anterior) (?:\w+ )?{PAY}|{PAY} (?:brut[oa] |anual )?(?:actual|anterior))",
        r"tus (?:\w+ )?últimas (?:\w+ )?nóminas",
        r"cuánto (?:ganabas|cobrabas|(?:ganas|cobras) (?:ahora|actualmente|hoy|en tu (?:empleo|trabajo|puesto)))",
        rf"{PAY} actual y (?:el )?(?:desead[oa]|pretendid[oa]|expectativas)",
    ),
    Ground.NATIVE: (
        r"lenguas? maternas?|idiomas? maternos?|lengua nativa",
        r"(?:hablantes?|nivel|locutor(?:es)?) (?:bilingüe o )?nativ[oa]s?",
        rf"{LANGUAGES} (?:nivel |bilingüe o )?nativo|nativ[oa]s? (?:de |en )?{LANGUAGES}|(?:bilingüe o|bilingües o) nativ[oa]s?",
    ),
    Ground.AGE: (
        r"(?:límite|rango|franja|requisito)s? de edad(?! (?:de|del|para) )",
        r"edad (?:máxima|mínima|requerida|deseada)(?! (?:de (?:los|las|uso)|del|para|recomendada))",
        rf"edad:? (?:comprendida )?entre (?:los )?{AGE}|edad ?: ?(?:de |hasta )?{AGE}",
        rf"entre (?:los )?{AGE} y (?:los )?\d{{2}} {YEARS}|(?:tienes|tengas|tener) de {AGE} a \d{{2}} {YEARS}",
        rf"(?:candidat[oa]s|aspirantes|postulantes) (?:menores|mayores) de {AGE}",
        rf"no (?:tener|tengas|tienes) más de {AGE} {YEARS}|(?:tienes|tengas|tener) menos de {AGE} {YEARS}",
        rf"(?:hasta|máximo|máximo de) {AGE} años de edad",
        rf"{WE_LOOK_FOR} {SOME}(?:joven|jóvenes)",
    ),
    Ground.AGE_HINT: (
        r"(?:equipo|ambiente|plantilla) (?:\w+(?:,| y) ){0,2}joven|joven (?:y \w+ )?equipo",
        r"(?:media de edad|edad media)(?! (?:de|del) )|nativ[oa]s? digital(?:es)?|recién (?:titulad|graduad|licenciad)[oa]s?",
        r"(?:ideal|perfecto) para estudiantes|(?:ser|eres|seas) mayor de (?:edad|18|16)|18 años cumplidos",
    ),
    Ground.GENDER: (
        rf"{ONLY} (?:una?|las|los|unas) {WOMEN_MEN}{BOTH}|{ONLY} (?:mujeres|chicas|señoritas|varones){BOTH}",
        rf"(?:preferiblemente|preferentemente) (?:mujer|hombre|chica){BOTH}",
        rf"{WE_LOOK_FOR} {SOME}{WOMEN_MEN}{BOTH}",
        rf"{STARTS}(?:mujeres|chicas|hombres) (?:solo|solamente|únicamente)|abstenerse (?:hombres|mujeres)",
        r"(?:sexo|género) ?: ?(?:femenino|masculino|mujer|hombre)(?! ?(?:[/,]|o |y ))|voz (?:femenina|masculina|de mujer|"
        r"de hombre)",
        r"(?:candidat[oa]s?|personal) (?:femenin|masculin)[oa]s?(?! ?(?:/|o |y ))",
    ),
    Ground.GENDER_WORD: (r"azafatas?|señoritas?|dependientas?|amas? de casa",),
    Ground.ACCENT: (
        r"sin (?:ningún )?acento (?:extranjero|marcado|notable|regional|latino|andaluz|perceptible)|sin ningún acento",
        rf"(?:{LANGUAGES}|hablar?|hablas|hables|dicción) (?:\w+ ){{0,3}}sin acento(?! (?:gráfico|ortográfico))",
        r"acento (?:neutro|neutral|nativo|peninsular|impecable)",
    ),
    Ground.ORIGIN: (
        rf"nacionalidad {PEOPLES}|nacionalidad ?: ?(?!indiferente|cualquiera|todas)\w+",
        r"(?:tu|vuestra|vuestro) (?:nacionalidad|(?:país|lugar) de nacimiento|origen étnico|raza|etnia|color de piel)",
        rf"(?:tener|tienes|tengas|poseer|posees|titular) (?:de )?(?:el |la |una? )?(?:pasaporte|ciudadanía) {PEOPLES}",
        rf"{ONLY} (?:a |para )?(?:candidat[oa]s?|ciudadan[oa]s?) {PEOPLES}|(?:candidat[oa]s|ciudadan[oa]s) {PEOPLES} {ONLY}",
        rf"(?:{WE_LOOK_FOR} (?:a |solo )?|{STARTS}solo )(?:españoles|alemanes|franceses|italianos|portugueses|holandeses|belgas)"
        r"(?! nativos)",
        rf"eres {PEOPLES}(?=[.,;!?]| y )|(?:candidat[oa]s?|eres|ser) de origen {PEOPLES}",
        r"(?:no|sin) extranjeros|abstenerse extranjeros|extranjeros abstenerse|nacid[oa]s? y criad[oa]s? en",
        r"(?:has|hayas|haber) nacido en",
    ),
    Ground.BELIEF: (
        r"(?:católic[oa]|cristian[oa]|musulmana?|musulmán|musulmanes|judí[oa]|evangélic[oa])s? (?:practicante|creyente)s?",
        r"candidat[oa]s? (?:católic[oa]|cristian[oa]|musulmana?|musulmán|judí[oa]|evangélic[oa])s?",
        r"(?:tu|vuestra) (?:religión|fe|confesión|ideología|afiliación (?:política|sindical))|tus (?:creencias|ideas políticas)",
        r"sin (?:hijab|velo islámico)|no (?:llevar|lleves|llevas) (?:el )?(?:velo|hijab)|prohibido el velo",
    ),
    Ground.HEALTH: (
        r"(?:tener|tienes|tengas|gozar de|gozas de|goces de) (?:una )?(?:buena|excelente|perfecta) salud"
        r"(?! (?:financiera|económica|dental|bucodental))",
        r"(?:estar|estás|estés|tener|tienes) (?:en )?(?:una )?(?:buena|excelente) (?:forma|condición) física",
        r"(?:buena|excelente) (?:salud|condición física) (?:\w+ )?(?:requerida|exigida|imprescindible|obligatoria)",
        r"(?<!o\s)(?<!y\s)sin (?:discapacidad(?:es)?|minusvalías?|enfermedades(?: crónicas)?|problemas (?:de salud|médicos)|"
        r"bajas médicas)",
        r"(?:aportar|aporta|presentar|presenta|pasar|superar|adjuntar|adjunta) (?:un |el |tu )?(?:certificado|reconocimiento|"
        r"examen) médico|(?:certificado|reconocimiento|examen) médico (?:obligatorio|requerido|previo)",
        r"(?:nunca|jamás|rara vez) (?:estás|estar|te pones) (?:de baja|enferm[oa])",
        r"(?:física|mental|psicológica)mente (?:apt[oa]|san[oa]|estable)",
    ),
    Ground.FAMILY: (
        r"sin (?:cargas|responsabilidades|obligaciones|ataduras) familiares|sin hijos a cargo",
        r"(?:candidat[oa]s?|solter[oa]s?|ser) (?:y )?sin hijos|no (?:tener|tienes|tengas) hijos",
        r"(?:tu|vuestro) estado civil|estado civil ?:|(?:indica|indique|indicar) (?:\w+ ){0,3}?estado civil(?! del?)",
        r"no (?:estar|estés|estás) embarazada|embarazadas abstenerse",
        r"(?:planes|intención|previsión) de (?:tener hijos|embarazo|maternidad|quedarte embarazada)",
        r"(?:preferiblemente|preferentemente|ser) solter[oa]s?|candidat[oa]s? solter[oa]s?",
    ),
    Ground.APPEARANCE: (
        r"(?:buena|excelente|impecable) (?:presencia|apariencia)(?! (?:en|online|digital|de|del) )(?! (?:online|digital))",
        r"(?:presencia|imagen personal) (?:cuidada|impecable|agradable)|aspecto (?:físico|personal) (?:\w+)",
        r"sin (?:tatuajes|piercings)",
    ),
    Ground.PHOTO: (
        r"(?:cv|currículum|candidatura)(?: vitae)? (?:con|y|\+) (?:una )?(?:foto|fotografía)(?! del?)",
        r"(?:tu|vuestra) (?:foto|fotografía)(?! del?)|(?:foto|fotografía) (?:tuya|de carnet|tipo carnet)",
    ),
    Ground.FEE: (
        r"(?:cuota|tasa|gastos|costes?|pago|matrícula) de (?:inscripción|formación)(?! (?:del|de (?:los|las|nuestros)) ?)",
        rf"{GEAR} (?:\w+ ){{0,3}}?por tu (?:propia )?cuenta|(?:gastos|costes?|ordenador|auriculares|portátil) "
        r"(?:\w+ ){0,3}?a tu cargo",
        r"(?:por cuenta|a cargo) del? (?:la )?(?:candidat[oa]|aspirante)",
        r"(?:debes|tienes que|deberás|tendrás que|hay que) (?:pagar|abonar|comprar|invertir|pagarte|comprarte) "
        rf"{NOT_TRADE}{{0,30}}?(?:\d+ ?(?:€|euros?)|{GEAR}|fianza|inscripción)(?! (?:de|a) (?:los|las|nuestros) )",
        rf"pagas (?:tú )?(?:la|el|los|tu|tus|una) (?:{GEAR}|inscripción|fianza)",
        r"fianza (?:reembolsable )?(?:por|para) (?:el|los|tu|tus) (?:auriculares|equipo|ordenador|portátil|material)",
        r"(?:descontará|descuenta|descontarán|descontado|deducirá) (?:de tu|del|de la) (?:primera? )(?:sueldo|salario|nómina)",
    ),
    Ground.UNPAID: (
        r"(?:formación|prueba|prácticas|semana|horas(?: extras?)?|turnos?) (?:\w+ ){0,2}?(?:no (?:remunerad|pagad|"
        r"retribuid)[oa]s?|"
        r"sin (?:remunerar|remuneración|cobrar|sueldo|pagar))",
        r"(?:formación|prueba|prácticas|semana) no (?:está|es|están|son|se) (?:remunerad[oa]s?|pagad[oa]s?|retribuid[oa]s?|"
        r"pagan?)",
        r"(?:solo|sólo|únicamente|exclusivamente) (?:a|por) comisi(?:ón|ones)|100 ?% a comisión|comisión sin (?:fijo|sueldo)",
    ),
    Ground.CONTACT: (
        r"llámanos|llámame|escríbenos|escríbeme|contáctanos|contáctame|llámenos|escríbanos|contáctenos",
        r"(?:contacta|contacte|ponte en contacto|póngase en contacto) con nosotros",
        r"(?:envía|envíe|manda|mande|envíanos|mándanos|envíenos|remite|enviar|mandar|remitir) (?:tu|su|un|el|vuestro|la|una) "
        r"(?:cv|currículum|candidatura|carta de (?:presentación|motivación))",
        r"(?:inscríbete|postúlate|postula|aplica|apúntate) (?:por|en|a través de|vía|mediante) "
        rf"(?:{CHANNELS}|nuestra (?:propia )?(?:web|página)|nuestro (?:propio )?(?:sitio|portal|formulario))",
        r"(?:teléfono|tel\.?|móvil|llama al|whatsapp) ?:? ?[6-9]\d{2}(?:[ .-]?\d{2,3}){2,3}",
    ),
}

NOT_ABOUT_YOU = (
    r"(?:(?!\b(?:tú|tu|tus|te|ti|usted|ustedes|vosotr[oa]s|vuestr[oa]s?|nosotr[oa]s|nuestr[oa]s?)\b)[^.!?\n])"
)
OTHERS = (
    r"(?:client[ea]s?|clientela|usuari[oa]s?|pacientes?|viajer[oa]s?|pasajer[oa]s?|visitantes?|huéspedes|abonad[oa]s|"
    r"inquilin[oa]s|asegurad[oa]s|compradores|ciudadan[oa]s|turistas|niñ[oa]s|familias|parejas|jugadores|alumn[oa]s|padres)"
)
LINKS = (
    r"(?:que|sin|con|de|entre|mayores|menores|son|tienen|paga|pagan|pueden|deben|abonan|envían|en|a|quieren|solicitan|"
    r"procedentes)"
)

CLEARED: Final[tuple[str, ...]] = (
    r"(?:independientemente|con independencia|sin distinción|sin discriminación|sin importar|no importan?|da igual|"
    r"sea cual sea|sean cuales sean) [^.!?\n]{1,80}",
    r"(?:nunca|no|jamás) (?:te )?(?:preguntamos|pedimos|miramos|valoramos|discriminamos|juzgamos|exigimos)[^.!?\n]{1,60}",
    rf"{OTHERS} {LINKS}(?!\w){NOT_ABOUT_YOU}{{0,70}}",
    rf"(?:preguntas?|dudas?|consultas?|reclamaciones|quejas?|solicitudes|incidencias) (?:sobre|de|por|acerca|relativas)(?!\w)"
    rf"{NOT_ABOUT_YOU}{{0,60}}",
)

CLEARED_FOR: Final[dict[Ground, tuple[str, ...]]] = {
    Ground.NATIVE: (
        r"(?:no|sin) (?:hace falta|es necesario|necesidad|tienes que|necesitas|se requiere|se exige)[^.!?\n]{0,30}"
        r"(?:lengua materna|nativ[oa]s?)[\w -]{0,20}",
        r"en su (?:propi[oa] )?(?:lengua materna|idioma materno)|con hablantes nativos|nativ[oa]s? o no",
    ),
    Ground.AGE: (
        r"(?:sin|ningún|no hay) (?:límite|requisito)s? de edad|edad mínima:? ?(?:de )?(?:16|18)",
        rf"garantía[^.!?\n]{{0,30}} entre {AGE} y \d{{2}} años",
    ),
    Ground.GENDER_WORD: (
        r"(?:azafatos?|dependientes?)(?!\w)[^.!?\n]{0,30}(?:azafatas?|dependientas?)",
        r"(?:azafatas?|dependientas?)[^.!?\n]{0,30}(?:(?:azafatos?|dependientes?)(?!\w)|[hfmx] ?[/-] ?[hfmdx](?!\w))",
    ),
    Ground.FEE: (
        r"(?:sin|ningún|ninguna|no hay|nunca) (?:[\w'-]+ ){0,3}(?:cuotas?|tasas?|gastos|costes?|fianzas?|pagos?)[\w' -]{0,30}",
        r"(?:pagamos|cubrimos|asumimos|reembolsamos|la empresa (?:paga|cubre|asume))[^.!?\n]{1,60}",
        r"(?:gastos|costes?|cuotas?) [^.!?\n]{0,40}(?:por nuestra cuenta|de nuestra cuenta|a cargo de la empresa|"
        r"paga(?:mos)? (?:nosotros|la empresa))",
        r"no (?:tienes que|debes|hay que|hace falta|pagas)[^.!?\n]{1,60}",
    ),
    Ground.CONTACT: (
        rf"{OTHERS} [^.!?\n]{{0,30}}con nosotros",
        r"[\w-]{4,30}(?: tu (?:candidatura|cv|currículum))? (?:por|en|a través de|mediante) (?:esta|la) (?:página|plataforma)",
        r"(?:nif|cif) ?:? ?\w{9}",
    ),
}
