"""The small values everything else is made of: texts, codes, days and instants.

All are frozen, strict and closed. Rules that hold for every text stand here once: NFC, no
control, bidirectional or zero-width characters (security.md E17), so no other file checks them.
"""

import re
import unicodedata
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, StringConstraints

# Cc, Cf (bidi, zero width, soft hyphen), Cs, Co, Cn, and the two separators that break lines.
_FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


# What is printed in ASCII, but for a space and for < > " \\ ^ ` { | }.
_URI_CHARACTERS = re.compile(r"[!#-;=?-\[\]_a-z~]+")


class Value(BaseModel):
    """Base of every domain value: frozen, strict, no field beyond the declared ones."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        ser_json_bytes="base64",
        val_json_bytes="base64",
    )


def plain_text(text: str) -> str:
    """Return `text` in NFC; raise ValueError for control, bidi or invisible characters."""
    if not text.isprintable() and _has_forbidden(text):
        raise ValueError("must not contain control, direction or invisible characters")
    if text != text.strip() or not text:
        raise ValueError("must not be empty or begin or end with a space")
    return unicodedata.normalize("NFC", text)


def _has_forbidden(text: str) -> bool:
    """Look at each character: what is not printable may also be a space such as U+00A0."""
    return any(unicodedata.category(char) in _FORBIDDEN_CATEGORIES for char in text)


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        # The first and the last day a date can have, in another zone.
        raise ValueError("must lie between the years 1 and 9999 in UTC") from None


def _safe_uri(uri: str) -> str:
    if not _URI_CHARACTERS.fullmatch(uri):
        raise ValueError("must be a URI in ASCII without spaces or quotes")
    return uri


Text = Annotated[
    str,
    StringConstraints(max_length=300),
    AfterValidator(plain_text),
    # Counted again: a few letters become longer in NFC, and what was stored must be read again.
    StringConstraints(max_length=300),
]
"""One line of human text, 1 to 300 characters, NFC."""

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9.-]{0,62}[a-z0-9])?$")]
"""A stable machine word: lower case letters, digits, dot and dash, at most 64."""

CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""

AreaCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$")]
"""ISO 3166-1 alpha-2 or ISO 3166-2."""

LanguageTag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")]
"""BCP 47."""

Uri = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9+.-]*:.+$", max_length=300),
    AfterValidator(_safe_uri),
]
"""An absolute URI in ASCII, at most 300 characters."""

PublicId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
"""128 random bits in lower-case hex: anything public that must not be guessed."""

Sha256Hex = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 digest in lower-case hex."""

Instant = Annotated[AwareDatetime, AfterValidator(_utc)]
"""A moment with time zone, normalised to UTC."""


class LocalizedText(Value):
    """One text in one language."""

    lang: LanguageTag
    text: Text


class ValidityPeriod(Value):
    """Whole calendar days in the authority's local calendar, both ends included.

    `ends=None` means valid until withdrawn; it never means unknown.
    """

    starts: date
    ends: date | None = None

    def covers(self, day: date) -> bool:
        """Say whether `day`, a local day, lies inside."""
        return self.starts <= day and not self.is_over(day)

    def is_over(self, day: date) -> bool:
        """Say whether the last day lies before `day`."""
        return self.ends is not None and self.ends < day


_SEPARATORS = re.compile(r"[\s.\-]+")


def comparable_number(number: str) -> str:
    """Return a license number as it is compared: without case, spaces, dots and dashes."""
    return _SEPARATORS.sub("", number).casefold()


def text_in(texts: tuple[LocalizedText, ...], *languages: str) -> str:
    """Return the text in the first of `languages` that exists, else the first text."""
    by_language = {entry.lang: entry.text for entry in reversed(texts)}
    return next((by_language[lang] for lang in languages if lang in by_language), texts[0].text)
