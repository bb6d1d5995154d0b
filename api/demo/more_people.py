"""Thirty-two further people of the demo world: one for each way a name can go wrong.

Letters outside Latin-1, signs that fold to nothing, two scripts, several names of one person, one
name of two persons. Grouped by what their licenses show (`api.demo.stories`).
"""

from datetime import date

from api.demo.somebody import Shows, somebody
from licenses.model.people import NameType, PersonName

# In force.
LIV = somebody(
    "liv",
    ("Liv", "Å"),
    date(1971, 5, 17),
    "nurse and midwife in Norway, nurse in Sweden; a family name of one letter",
    shows=Shows.IN_FORCE,
)
STEFAN = somebody(
    "stefan",
    ("Ștefan-Andrei", "Țăranu"),
    date(1984, 8, 23),
    "physician and anaesthetist in Sweden, temporary in Norway; ș and ț with a comma below",
    shows=Shows.IN_FORCE,
)
JIRI = somebody(
    "jiri",
    ("Jiří", "Dvořáček"),
    date(1979, 2, 3),
    "architect and civil engineer in Poland, electrical engineer in Norway",
    shows=Shows.IN_FORCE,
)
GORGA = somebody(
    "gorga",
    ("Ġorġa Marija", "Buħaġiar"),
    date(1986, 12, 8),
    "pharmacist in Finland, resting in Sweden, expired in Norway; Maltese letters",
    shows=Shows.IN_FORCE,
)
MARCELLI = somebody(
    "marcelli",
    ("Marcel·lí", "Abril i Puig"),
    date(1981, 4, 23),
    "veterinarian in Sweden: a limited license replaced by a full one; the Catalan l·l",
    shows=Shows.IN_FORCE,
)
DIMITAR = somebody(
    "dimitar",
    ("Димитър", "Щърбанов"),
    date(1988, 3, 3),
    "nurse in Norway and Poland, a number corrected; name in Cyrillic letters",
    PersonName(given="Dimitar", family="Shtarbanov", type=NameType.PROFESSIONAL),
    shows=Shows.IN_FORCE,
)
WILLEMIJN = somebody(
    "willemijn",
    ("Willemijn", "van der Zwaluw-’t Hooft"),
    date(1977, 4, 30),
    "physiotherapist in Norway and Sweden, resting in Finland; particles and an apostrophe",
    shows=Shows.IN_FORCE,
)
JUHANI = somebody(
    "juhani",
    ("Juhani", "Yrjö-Koskinen"),
    date(1970, 12, 6),
    "physician with two specialities in Finland, physician in Sweden",
    shows=Shows.IN_FORCE,
)
SOLVI = somebody(
    "solvi",
    ("Sølvi", "Kjærbo"),
    date(1992, 1, 6),
    "nurse in Norway, with privileges in Sweden and, run out, in Finland",
    shows=Shows.IN_FORCE,
)
JURGEN = somebody(
    "jurgen",
    ("Jürgen", "Großmann-Weiß"),
    date(1975, 10, 3),
    "electrician in Norway, renewed late; electrical engineer in Poland",
    shows=Shows.IN_FORCE,
)

# With conditions, or of a limited kind.
ISTVAN = somebody(
    "istvan",
    ("István Ödön", "Nagyőry-Szűcs"),
    date(1965, 3, 15),
    "dentist in Norway under two overlapping measures; ő and ű",
    shows=Shows.CONDITIONS,
)
IBRAHIM = somebody(
    "ibrahim",
    ("İbrahim Işık", "Yıldırım-Çağlı"),
    date(1980, 10, 29),
    "provisional in Norway, in training in Finland, refused in Sweden; İ and ı",
    shows=Shows.CONDITIONS,
)
SIOBHAN = somebody(
    "siobhan",
    ("Siobhán", "O’Connor"),
    date(1983, 3, 17),
    "teacher in Sweden: in force, with conditions, issued anew; a typographic apostrophe",
    shows=Shows.CONDITIONS,
)
NIKOLAOS = somebody(
    "nikolaos",
    ("Νικόλαος", "Αγγελόπουλος-Ξένος"),
    date(1973, 3, 25),
    "physician in Sweden, a speciality lost; a right in Åland alone, by Finland",
    PersonName(given="Nikolaos", family="Angelopoulos-Xenos", type=NameType.PROFESSIONAL),
    shows=Shows.CONDITIONS,
)
MARIA = somebody(
    "maria",
    ("María José", "de la Peña y Núñez"),
    date(1974, 10, 12),
    "midwife with three conditions in Norway; a declared service in Sweden that is over",
    shows=Shows.CONDITIONS,
)
MIKKO = somebody(
    "mikko",
    ("Mikko", "Hämäläinen"),
    date(2003, 6, 24),
    "associate nurse in Finland, and student nurse",
    shows=Shows.CONDITIONS,
)
GRZEGORZ = somebody(
    "grzegorz",
    ("Grzegorz", "Brzęczyszczykiewicz"),
    date(1990, 5, 3),
    "civil engineer in Poland for small buildings only; electrician in Norway",
    shows=Shows.CONDITIONS,
)
ANH = somebody(
    "anh",
    ("Thị Ánh", "Nguyễn"),
    date(1995, 9, 2),
    "pharmacist in Norway, provisional in Finland; letters with two marks",
    shows=Shows.CONDITIONS,
)
ADE = somebody(
    "ade",
    ("Ọlátúndé", "Adébáyọ̀"),
    date(1989, 10, 1),
    "in an adaptation period in Finland; a letter that only exists with a combining mark",
    shows=Shows.CONDITIONS,
)
BJARTE = somebody(
    "bjarte",
    ("Bjarte", "Fløgstad-Ås"),
    date(1970, 12, 6),
    "electrician in Norway: suspended, with conditions, in force",
    shows=Shows.CONDITIONS,
)
EWA = somebody(
    "ewa",
    ("Ewa", "Wiśniewska"),
    date(1976, 1, 31),
    "nurse and midwife in Poland; three names in a life",
    PersonName(given="Ewa", family="Kaczmarek", type=NameType.BIRTH),
    PersonName(given="Ewa", family="Kaczmarek-Lis", type=NameType.FORMER),
    shows=Shows.CONDITIONS,
)

# No right now.
JEAN = somebody(
    "jean",
    ("Jean-Noël", "d’Aubigné-L’Hôte"),
    date(1972, 7, 14),
    "physician: revoked in Finland, suspended in Norway, expired in Sweden",
    shows=Shows.LOST,
)
AINO = somebody(
    "aino",
    ("Aino Maria", "Väänänen-Määttä"),
    date(1961, 2, 28),
    "retired nurse and midwife in Finland",
    PersonName(given="Aino Maria", family="Väänänen", type=NameType.BIRTH),
    shows=Shows.LOST,
)
OYVIND = somebody(
    "oyvind",
    ("Øyvind", "Ærø"),
    date(1966, 11, 30),
    "in Norway: revoked and restored as a physician, suspended as a dentist",
    shows=Shows.LOST,
)
LARS = somebody(
    "lars",
    ("Lars-Göran", "Hjärtström"),
    date(1948, 1, 2),
    "died: every license in three countries ended",
    shows=Shows.LOST,
)
MILOS = somebody(
    "milos",
    ("Miloš", "Đorđević"),
    date(1982, 11, 11),
    "teacher in Sweden: revoked and issued anew; estate agent",
    shows=Shows.LOST,
)

# Alike, long, many.
GUDRUN = somebody(
    "gudrun",
    ("Guðrún", "Þórðardóttir"),
    date(1991, 6, 17),
    "nurse in Norway and Finland; the same birth date as her twin",
    shows=Shows.ALIKE,
)
GUDNY = somebody(
    "gudny",
    ("Guðný", "Þórðardóttir"),
    date(1991, 6, 17),
    "her twin: suspended as a nurse in Norway, in force in Finland",
    shows=Shows.ALIKE,
)
ANNA_1987 = somebody(
    "anna-1987",
    ("Anna", "Nowak"),
    date(1987, 4, 12),
    "nurse and midwife in Poland, nurse in Norway",
    shows=Shows.ALIKE,
)
ANNA_1991 = somebody(
    "anna-1991",
    ("Anna", "Nowak"),
    date(1991, 9, 3),
    "of the same name: revoked as a nurse in Poland",
    shows=Shows.ALIKE,
)
MAXIMILIANA = somebody(
    "maximiliana",
    (
        "Maximiliana Friederike Charlotte Wilhelmine Auguste",
        "von und zu Hohenstein-Wittgenbergh-Schwarzenfels-Oberlauringen-Unterweißenbach",
    ),
    date(1969, 9, 1),
    "psychologist in Norway and Finland; a very long name",
    shows=Shows.ALIKE,
)
ASTRID = somebody(
    "astrid",
    ("Astrid", "Lindqvist"),
    date(1967, 11, 14),
    "thirteen licenses of one authority in Sweden",
    shows=Shows.ALIKE,
)

MORE_PEOPLE = (
    LIV, STEFAN, JIRI, GORGA, MARCELLI, DIMITAR, WILLEMIJN, JUHANI, SOLVI, JURGEN,
    ISTVAN, IBRAHIM, SIOBHAN, NIKOLAOS, MARIA, MIKKO, GRZEGORZ, ANH, ADE, BJARTE, EWA,
    JEAN, AINO, OYVIND, LARS, MILOS,
    GUDRUN, GUDNY, ANNA_1987, ANNA_1991, MAXIMILIANA, ASTRID,
)  # fmt: skip
"""Everybody but the first eight and Nora, in the order of the login page."""
