"""Professions: entries of an authority's own code list, with the codes others know them by.

Source: domain.md 1 (Profession). A license carries the entry as it stood at its issue, so a
later change of the list never changes what was sealed.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from licenses.model.values import Code, LocalizedText, Text, Uri, Value


class Protection(StrEnum):
    """What the law protects."""

    RESERVED_ACTIVITY = "reserved-activity"
    PROTECTED_TITLE = "protected-title"
    BOTH = "both"


class Sector(StrEnum):
    """The part of working life; decides which alert rules apply."""

    HEALTH = "health"
    EDUCATION_OF_MINORS = "education-of-minors"
    TECHNICAL = "technical"
    LEGAL = "legal"
    OTHER = "other"


class Profession(Value):
    """One profession as its authority lists it.

    `isco08` is the four-digit ISCO-08 unit group, `annex_v` the point of Annex V of Directive
    2005/36/EC, `eqf_level` 1 to 8. Absent means not stated, never "does not apply".
    """

    code: Code
    titles: Annotated[tuple[LocalizedText, ...], Field(min_length=1)]
    isco08: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
    protection: Protection
    sector: Sector
    esco_uri: Uri | None = None
    annex_v: Annotated[str, StringConstraints(pattern=r"^5\.[1-7]\.[1-6]$")] | None = None
    eqf_level: Annotated[int, Field(ge=1, le=8)] | None = None
    alertable: bool = False
    legal_basis: tuple[Text, ...] = ()
