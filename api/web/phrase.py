"""Phrases: a sentence as parts, so that a stranger's words stay apart from ours on a page.

A name or title written elsewhere is shown in `<bdi>` with its language, and can neither turn the
text around it nor be taken for our words. Templates render parts; nothing here is HTML.
Source: security.md E10, E17.
"""

import unicodedata
from dataclasses import dataclass

from licenses.model.values import LocalizedText

_LONGEST = 300
# Controls, formats (bidi, zero width), surrogates and unassigned: shown as a sign, never obeyed.
_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text; `foreign` marks words that are not ours, `lang` their BCP 47 tag or ""."""

    text: str
    foreign: bool = False
    lang: str = ""


Phrase = tuple[Part, ...]
"""One sentence or line, in order."""


def phrase(*parts: str | Part) -> Phrase:
    """Return a phrase; plain strings are our own words."""
    return tuple(Part(part) if isinstance(part, str) else part for part in parts)


def foreign(text: str, lang: str = "") -> Part:
    """Return words that came from outside, at most 300 characters, invisible ones made visible."""
    clean = "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(char) in _UNSHOWN else char
        for char in text[:_LONGEST]
    )
    return Part(clean + ("…" if len(text) > _LONGEST else ""), foreign=True, lang=lang)


def localized(texts: tuple[LocalizedText, ...], lang: str = "en") -> Part:
    """Return the text in `lang`, else the first, marked with the language it really has."""
    chosen = next((entry for entry in texts if entry.lang == lang), texts[0])
    return foreign(chosen.text, chosen.lang)


def original(texts: tuple[LocalizedText, ...], lang: str = "en") -> Part | None:
    """Return the authority's own wording where the reader is shown another, else None."""
    own, shown = texts[0], localized(texts, lang)
    return None if shown.text == own.text else foreign(own.text, own.lang)


def as_text(parts: Phrase) -> str:
    """Return the phrase as plain text, for titles and summaries."""
    return "".join(part.text for part in parts)
