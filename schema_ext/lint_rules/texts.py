"""Rules over words: their languages, their letters, and letters that only look alike.

A word that mixes scripts is how one license is made to look like another ("Nоrdmann" with a
Cyrillic o). Words are runs of letters and their marks, so that "β-Blocker" is two of them.
Source: Unicode Technical Standard 39, section 5 (mixed scripts), for Latin, Greek and Cyrillic.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from licenses.model.values import LocalizedText
from schema_ext.lint_rules.rule import ContentRule, Draft, again, at, numbered

_CONFUSABLE: Final = frozenset({"LATIN", "GREEK", "CYRILLIC"})
_SCRIPT_OF_TAG: Final = {"Latn": "LATIN", "Grek": "GREEK", "Cyrl": "CYRILLIC"}
# Languages written in one script alone; Serbian and others have two.
_LANGUAGES_OF: Final = {
    "LATIN": (
        "bs ca cs cy da de en es et eu fi fo fr fy ga gd gl hr hu is it kl lb lt lv mt nb nl nn no"
        " pl pt rm ro se sk sl sma smj smn sms sq sv tr"
    ),
    "GREEK": "el",
    "CYRILLIC": "be bg mk ru uk",
}
_SCRIPT_OF_LANGUAGE: Final = {
    language: script for script, several in _LANGUAGES_OF.items() for language in several.split()
}
_UNITS: Final = frozenset("Ωμ")  # kΩ and μg are words of two scripts, and no deceit
_NORWEGIAN: Final = frozenset({"no", "nb", "nn"})
_TEXTS_KEPT: Final = 4096


def _language_twice(draft: Draft) -> Iterator[str]:
    for path, texts in draft.localized():
        yield from again(numbered(path, (entry.lang for entry in texts)))


def _title_not_own(draft: Draft) -> bool:
    return _lacks_own(draft, draft.grant.titles)


def _profession_not_own(draft: Draft) -> bool:
    return _lacks_own(draft, draft.grant.profession.titles)


def _lacks_own(draft: Draft, texts: tuple[LocalizedText, ...]) -> bool:
    own = _base(draft.content.issuer.names[0].lang)
    return all(_base(text.lang) != own for text in texts)


def _base(tag: str) -> str:
    """Return the language of a tag without script and region; Norwegian is one language."""
    language = tag.partition("-")[0]
    return "no" if language in _NORWEGIAN else language


def _no_letter(draft: Draft) -> Iterator[str]:
    return (path for path, entry in draft.entries() if not _has_letter(entry.text))


def _citation_without_words(draft: Draft) -> Iterator[str]:
    return (path for path, text in draft.citations() if not any(map(str.isalnum, text)))


def _citation_twice(draft: Draft) -> Iterator[str]:
    return again(numbered("legalBasis", draft.grant.legal_basis))


def _two_spaces(draft: Draft) -> Iterator[str]:
    return (path for path, text in _all(draft) if "  " in text)


def _mixed_scripts(draft: Draft) -> Iterator[str]:
    return (path for path, text in _all(draft) if _mixes_scripts(text))


def _other_script(draft: Draft) -> Iterator[str]:
    entries = draft.entries()
    return (path for path, entry in entries if not _is_in_its_script(entry.lang, entry.text))


def _all(draft: Draft) -> Iterator[tuple[str, str]]:
    for path, entry in draft.entries():
        yield path, entry.text
    yield from draft.citations()
    yield from draft.names()


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text))


def _mixes_scripts(text: str) -> bool:
    # Nearly every text is of the letters of Western Europe, and those are Latin.
    return max(text) >= "\u0370" and any(len(scripts) > 1 for scripts in _scripts_of_words(text))


def _scripts_of_words(text: str) -> Iterator[set[str]]:
    found: set[str] = set()
    for char in text:
        category = unicodedata.category(char)
        if category.startswith("L") and char not in _UNITS:
            found |= _CONFUSABLE & {_script(char)}
        elif category[0] not in "LM":
            yield found
            found = set()
    yield found


@lru_cache(_TEXTS_KEPT)
def _script(char: str) -> str:
    """Return the first word of a letter's name, which is its script."""
    return unicodedata.name(char, "").partition(" ")[0]


@lru_cache(_TEXTS_KEPT)
def _is_in_its_script(lang: str, text: str) -> bool:
    """Say whether a text has a letter of the script its language is written in."""
    language, *subtags = lang.split("-")
    named = (_SCRIPT_OF_TAG.get(subtag.title()) for subtag in subtags if len(subtag) == 4)
    script = next(named, _SCRIPT_OF_LANGUAGE.get(language))
    letters = [char for char in text if char.isalpha()]
    return script is None or not letters or any(_script(char) == script for char in letters)


RULES: Final = (
    ContentRule("language-twice", "A text is given twice in one language.", _language_twice),
    ContentRule(
        "own-language",
        "The title is missing in the language of the authority.",
        at("title", _title_not_own),
    ),
    ContentRule(
        "profession-own-language",
        "The name of the profession is missing in the language of the authority.",
        at("profession/title", _profession_not_own),
    ),
    ContentRule("title-without-letter", "A title or name in a language has no letter.", _no_letter),
    ContentRule(
        "language-script",
        "A text has no letter of the script its language is written in.",
        _other_script,
    ),
    ContentRule(
        "mixed-scripts",
        "A word mixes Latin, Greek or Cyrillic letters, which look alike.",
        _mixed_scripts,
    ),
    ContentRule("text-spaces", "A text has two spaces in a row.", _two_spaces),
    ContentRule(
        "citation", "A citation of a law has neither letter nor digit.", _citation_without_words
    ),
    ContentRule("citation-twice", "The same law is cited twice.", _citation_twice),
)
