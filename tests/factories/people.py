"""Holders with names as European registers really hold them; none is a real person."""

from datetime import date
from uuid import UUID

from factory.base import Factory
from factory.declarations import Iterator, LazyAttribute, LazyFunction, Sequence, SubFactory

from licenses.model.people import Holder, NameType, Person, PersonName

NAMES = (
    ("Ingrid Marie", "Solberg"),
    ("Bjørn", "Åsgård-Lie"),
    ("Zofia", "Wiśniewska"),
    ("Łukasz", "Żółkiewski"),
    ("Aino", "Hämäläinen"),
    ("Γεωργία", "Παπαδοπούλου"),
    ("Цветелина", "Йорданова"),
    ("Siobhán", "O’Connor"),
    ("Şebnem", "Çağlayan"),
    ("Ștefania", "Brâncoveanu"),
    ("Þórdís", "Guðmundsdóttir"),
    ("Jiří", "Dvořák"),
    ("Käthe", "Groß"),
    ("Īrisa", "Bērziņa"),
    ("Núria", "Puig i Muñoz"),
    ("Ġorġ", "Ħaż-Żebbuġ"),
)


class PersonNameFactory(Factory[PersonName]):
    """A current name; the next of the list each time."""

    class Meta:
        model = PersonName

    class Params:
        pair = Iterator(NAMES)

    given = LazyAttribute(lambda made: made.pair[0])
    family = LazyAttribute(lambda made: made.pair[1])
    type = NameType.CURRENT


class PersonFactory(Factory[Person]):
    """A grown-up with one name."""

    class Meta:
        model = Person

    names = LazyFunction(lambda: (PersonNameFactory.build(),))
    birth_date = Sequence(lambda n: date(1965 + n % 30, 1 + n % 12, 1 + n % 28))


class HolderFactory(Factory[Holder]):
    """A holder in the Norwegian health register, without identifiers."""

    class Meta:
        model = Holder

    authority_id = "https://helsedirektoratet.example/authority"
    holder_id = Sequence(lambda n: UUID(int=(7 << 76) | (2 << 62) | n + 1))
    person = SubFactory(PersonFactory)
    identifiers = ()
