"""A license as its holder meets it: a card to tick, and afterwards what exactly is sent of it.

What is ticked from the start is decided here: full and conditional are, everything else waits
for the holder to tick it under a plain warning. Source: design.md 4, pages.md (Your licenses).
"""

from dataclasses import dataclass
from datetime import datetime

from api.web.license_facts import grant_facts
from api.web.page import Fact
from api.web.phrase import Part, foreign, localized, original
from api.web.words import BECAUSE_WORDS, LEVEL_WORDS, moment_words, sentence_case
from licenses.model.license import Grant, Issuer
from licenses.model.standing import Level, Standing
from licenses.model.terms import term_text

TONES: dict[Level, str] = {
    Level.FULL: "good",
    Level.CONDITIONAL: "partial",
    Level.NONE: "bad",
    Level.UNKNOWN: "open",
}
"""The signal each level is shown with; the words beside it say the same."""


@dataclass(frozen=True, kw_only=True)
class LicenseCard:
    """One license to tick. `value` goes into the form; `warning` is "" where none is needed."""

    value: str
    title: Part
    original: Part | None
    number: Part
    tone: str
    standing: str
    as_of: str
    terms: tuple[str, ...]
    warning: str
    ticked: bool


@dataclass(frozen=True, kw_only=True)
class LicenseSent:
    """One license about to be sent: every field, as the recipient will see it."""

    value: str
    title: Part
    tone: str
    standing: str
    as_of: str
    terms: tuple[str, ...]
    warning: str
    facts: tuple[Fact, ...]


def license_card(
    value: str, grant: Grant, standing: Standing, *, zone: str, ticked: bool | None = None
) -> LicenseCard:
    """Return the card of one license.

    Args:
        value: what the form posts for it.
        grant: its public content.
        standing: asked just now.
        zone: IANA time zone the reader's times are told in.
        ticked: what the holder chose before; None lets the standing decide.
    """
    return LicenseCard(
        value=value,
        title=localized(grant.titles),
        original=original(grant.titles),
        number=foreign(grant.number),
        tone=TONES[standing.level],
        standing=standing_words(standing),
        as_of=moment_words(standing.as_of, zone),
        terms=terms_words(standing),
        warning=_warning(standing),
        ticked=standing.level.gives_a_right if ticked is None else ticked,
    )


def license_sent(
    value: str, grant: Grant, issuer: Issuer, standing: Standing, *, zone: str
) -> LicenseSent:
    """Return what is sent of one license; arguments as for `license_card`."""
    return LicenseSent(
        value=value,
        title=localized(grant.titles),
        tone=TONES[standing.level],
        standing=standing_words(standing),
        as_of=moment_words(standing.as_of, zone),
        terms=terms_words(standing),
        warning=_warning(standing),
        facts=grant_facts(grant, issuer.names, issuer.country),
    )


def minutes_left(ends_at: datetime, now: datetime) -> int:
    """Return the whole minutes until a session ends, at least 1 while it runs."""
    return max(1, int((ends_at - now).total_seconds() // 60))


def standing_words(standing: Standing) -> str:
    """Return the standing in words: its ground where nothing may be done, else its level."""
    words = (
        BECAUSE_WORDS[standing.because]
        if standing.level is Level.NONE
        else LEVEL_WORDS[standing.level]
    )
    return sentence_case(words)


def terms_words(standing: Standing) -> tuple[str, ...]:
    """Return the terms that limit it, in words."""
    return tuple(sentence_case(term_text(code)) for code in standing.term_codes)


def _warning(standing: Standing) -> str:
    if standing.level is Level.NONE:
        return "This license gives no right now. If you send it, the recipient will see that."
    if standing.level is Level.UNKNOWN:
        return "It is not known whether this license stands. The recipient will see that."
    return ""
