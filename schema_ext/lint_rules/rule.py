"""What a lint rule is: a stable code, a sentence for the clerk, and a check.

A check returns True where the rule is broken. It says nothing of the values that break it, so a
refusal can be shown and logged.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from lxml import etree

from licenses.model.authority import MandateEntry
from licenses.model.license import Grant, SealContent
from licenses.model.values import LocalizedText


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

    def localized(self) -> Iterator[tuple[LocalizedText, ...]]:
        """Walk over every text that is given in languages."""
        grant = self.content.grant
        yield self.content.issuer.names
        yield grant.titles
        yield grant.profession.titles
        yield from (speciality.titles for speciality in grant.specialities)
        yield from (item.titles for item in grant.scope)

    def citations(self) -> tuple[str, ...]:
        """Return every citation of a law."""
        return (*self.content.grant.legal_basis, *self.content.grant.profession.legal_basis)

    def names(self) -> Iterator[str]:
        """Walk over given and family names of the holder."""
        for name in self.content.holder.names:
            yield name.given
            yield name.family


class FormRule(NamedTuple):
    """A rule over the octets and their tree."""

    code: str
    sentence: str
    is_broken: Callable[[bytes, etree._Element], bool]


class ContentRule(NamedTuple):
    """A rule over what a draft says."""

    code: str
    sentence: str
    is_broken: Callable[[Draft], bool]
