"""What a lint rule is: a stable code, a sentence for the clerk, and a check.

A check names the places where the rule is broken: paths of elements below the license, as in
`speciality[2]/validUntil`, the one that is missing included. It says nothing of the values that
break it, so a refusal can be shown and logged.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from lxml import etree

from licenses.model.authority import MandateEntry
from licenses.model.license import Grant, SealContent
from licenses.model.values import LocalizedText

Part = TypeVar("Part")


class Draft(NamedTuple):
    """What is about to be sealed, at which instant, and what its authority may grant."""

    content: SealContent
    at: datetime
    mandate: tuple[MandateEntry, ...]

    @property
    def grant(self) -> Grant:
        """The public content of the license."""
        return self.content.grant

    @property
    def today(self) -> date:
        """The local day of sealing, where the license counts its days."""
        return self.content.grant.local_day(self.at)

    def localized(self) -> Iterator[tuple[str, tuple[LocalizedText, ...]]]:
        """Walk over every text that is given in languages, with the path of its elements."""
        grant = self.content.grant
        yield "issuer/name", self.content.issuer.names
        yield "title", grant.titles
        yield "profession/title", grant.profession.titles
        for number, speciality in enumerate(grant.specialities, 1):
            yield f"speciality[{number}]/title", speciality.titles
        for number, item in enumerate(grant.scope, 1):
            yield f"scope[{number}]/title", item.titles

    def entries(self) -> Iterator[tuple[str, LocalizedText]]:
        """Walk over every text in each of its languages, with the path of its element."""
        for path, texts in self.localized():
            yield from numbered(path, texts)

    def citations(self) -> Iterator[tuple[str, str]]:
        """Walk over every citation of a law."""
        yield from numbered("legalBasis", self.grant.legal_basis)
        yield from numbered("profession/legalBasis", self.grant.profession.legal_basis)

    def names(self) -> Iterator[tuple[str, str]]:
        """Walk over given and family names of the holder."""
        for path, name in numbered("holder/name", self.content.holder.names):
            yield f"{path}/given", name.given
            yield f"{path}/family", name.family


class FormRule(NamedTuple):
    """A rule over the octets and their tree; `breaks` yields nothing where it is kept."""

    code: str
    sentence: str
    breaks: Callable[[bytes, etree._Element], Iterable[str]]


class ContentRule(NamedTuple):
    """A rule over what a draft says; `breaks` yields nothing where it is kept."""

    code: str
    sentence: str
    breaks: Callable[[Draft], Iterable[str]]


def at(path: str, is_broken: Callable[[Draft], bool]) -> Callable[[Draft], tuple[str, ...]]:
    """Return a check of `ContentRule` for a rule that is always broken at the same place."""

    def breaks(draft: Draft) -> tuple[str, ...]:
        return (path,) if is_broken(draft) else ()

    return breaks


def numbered(path: str, parts: Iterable[Part]) -> Iterator[tuple[str, Part]]:
    """Walk over the parts that stand in elements of one name, counted from 1 as XPath does."""
    for number, part in enumerate(parts, 1):
        yield f"{path}[{number}]", part


def again(parts: Iterable[tuple[str, Hashable]]) -> Iterator[str]:
    """Yield the path of each part that has stood before."""
    seen: set[Hashable] = set()
    for path, part in parts:
        if part in seen:
            yield path
        seen.add(part)
