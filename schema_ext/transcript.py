"""Print an export as a PDF: the `EMREX transcript` that people and old clients read.

The PDF says the same as the ELMO it stands in, from the same values, and carries every sealed
license as an attached file, so that whoever holds only the PDF can still have it verified. It
proves nothing itself. Words come from `elmo_words`, layout from templates/transcript.typ; data
reach the template as JSON and are never part of its code. Nothing is written to disk.

PDF/A-3 (level A, tagged) and PDF/UA-1; the same export gives the same bytes.
Source: design.md 4, 6; wire.md 8 (attachments).
"""

import json
import unicodedata
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import TypeAlias, cast

import typst

from licenses.model.alphabets import counterpart
from licenses.model.exchange import Recipient
from licenses.model.export import Export, ExportedLicense
from licenses.model.license import Grant
from schema_ext.elmo_words import (
    area_words,
    areas_words,
    day_words,
    extent_words,
    in_english,
    kind_words,
    moment_words,
    period_words,
    recognition_words,
    standing_headline,
    terms_in_words,
)

Json: TypeAlias = "str | bool | list[Json] | dict[str, Json] | None"

_TEMPLATE = Path(__file__).parent / "templates" / "transcript.typ"
_STANDARDS: "list[typst.PDFStandard]" = ["a-3a", "ua-1"]
# A license stays on one page; one with more letters than this may run over.
_MOST_LETTERS_TOGETHER = 2500
_ONE_LETTER = (
    b'#set document(title: "Letter")\n#set text(font: "Libertinus Serif")\n#sys.inputs.letter'
)
_ANY_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
_CODE_POINTS = "Signs that this PDF has no letter for stand as their Unicode number: [U+5B57]."
_CHECK = (
    (
        "This PDF is for reading. What counts are the sealed licenses: they are attached to it as "
        "XML files, and stand in the EMREX document it came with."
    ),
    (
        "Give an attached file, or the whole EMREX document, to a program that verifies it. It "
        "shows whether the authority made the seal and whether anything was changed."
    ),
    (
        "The standing was true at the moment stated and can change on any day. The program asks "
        "the authority how it stands today; so can you."
    ),
    "Compare name and birth date with an identity document.",
)

# A Compiler refuses a second caller while it works ("already borrowed"), so they queue here.
_one_at_a_time = Lock()


def transcript_pdf(export: Export, recipient: Recipient, provider: str) -> bytes:
    """Return the transcript of `export` as a PDF with the sealed licenses attached.

    A sign that no font here can show stands as its code point, as in `[U+5B57]`, and a note
    says so; every letter of Europe's languages is shown.

    Args:
        export: what the holder agreed to send.
        recipient: to whom, as the preview named them.
        provider: the name of the NCP, as readers know it.
    """
    document = _document(export, recipient, provider)
    files = _files(export)
    try:
        return _pdf(document, files, export)
    except typst.TypstError:
        shown = _displayable(document)
        if shown == document:
            raise
        return _pdf({**shown, "note": _CODE_POINTS}, files, export)


def _pdf(document: dict[str, Json], files: list[Json], export: Export) -> bytes:
    written = json.dumps({**document, "files": files}, ensure_ascii=False)
    return _compiled(_template(), {"document": written}, export.generated_at)


def _document(export: Export, recipient: Recipient, provider: str) -> dict[str, Json]:
    """Return everything the template shows, in words."""
    name = export.learner.current_name.full
    other = counterpart(export.learner, [one.content.holder for one in export.licenses])
    made = moment_words(export.generated_at)
    return {
        "lang": "en",
        "title": f"Professional licenses of {name}",
        "author": provider,
        "keywords": ["professional license", "EMREX transcript"],
        "over_line": "EMREX transcript",
        "heading": "Professional licenses",
        "about": _rows(
            ("Holder", name),
            *([("In another alphabet", other.full)] if other else []),
            ("Birth date", day_words(export.learner.birth_date)),
            ("Sent to", f"{recipient.name}, {area_words(recipient.country)}"),
            ("Address", recipient.origin),
            ("Purpose", recipient.purpose),
            ("Sent by", provider),
            ("Made", made),
        ),
        "licenses": [_entry(number, one) for number, one in enumerate(export.licenses, 1)],
        "check_heading": "How to check this",
        "check": list(_CHECK),
        "note": None,
        "footer": f"{provider} · {made}",
        "page": "Page {page} of {pages}",
    }


def _entry(number: int, exported: ExportedLicense) -> Json:
    content, statement = exported.content, exported.statement
    terms = terms_in_words(statement)
    facts = _license_facts(exported, number)
    length = sum(map(len, terms)) + sum(len(text) for _, text in facts)
    title, others = _titles(content.grant)
    return {
        "title": title,
        "other_titles": others,
        "tone": str(statement.level),
        "standing": standing_headline(statement),
        "terms": list(terms),
        "as_of": f"Stated by the authority on {moment_words(statement.as_of)}",
        "facts": _rows(*facts),
        "long": length > _MOST_LETTERS_TOGETHER,
    }


def _titles(grant: Grant) -> tuple[Json, list[Json]]:
    """Return the title a reader abroad understands, and the others, each in its language."""
    english = in_english(grant.titles)
    first = next(title for title in grant.titles if title.text == english)
    texts: list[Json] = [
        {"lang": title.lang.partition("-")[0], "text": title.text}
        for title in (first, *(one for one in grant.titles if one is not first))
    ]
    return texts[0], texts[1:]


def _license_facts(exported: ExportedLicense, number: int) -> list[tuple[str, str]]:
    grant, issuer = exported.content.grant, exported.content.issuer
    return [
        ("License number", grant.number),
        ("Authority", f"{in_english(issuer.names)}, {area_words(issuer.country)}"),
        ("Its address", issuer.url),
        ("Profession", in_english(grant.profession.titles)),
        ("Kind", _opened(kind_words(grant.kind))),
        ("Gives a right in", areas_words(grant.territories)),
        ("Valid", period_words(grant.period)),
        ("First issued", day_words(grant.first_issued)),
        *extent_words(grant),
        ("Basis", _opened(recognition_words(grant.recognition))),
        ("Sealed license", f"{_file_name(number)}, attached to this PDF"),
    ]


def _opened(words: str) -> str:
    return words[0].upper() + words[1:]


def _rows(*facts: tuple[str, str]) -> list[Json]:
    return [
        {"label": label, "text": text, "link": text.startswith(("https://", "http://"))}
        for label, text in facts
    ]


def _files(export: Export) -> list[Json]:
    """Return the sealed licenses as they are; their names tell nothing of the person."""
    return [
        {
            "name": _file_name(number),
            "text": exported.sealed.decode(),
            "description": f"Sealed license {number}, as the authority made it",
        }
        for number, exported in enumerate(export.licenses, 1)
    ]


def _file_name(number: int) -> str:
    return f"sealed-license-{number}.xml"


def _displayable(document: dict[str, Json]) -> dict[str, Json]:
    """Return `document` with every sign that cannot be shown as its code point."""
    return {key: _shown(value) for key, value in document.items()}


def _shown(value: Json) -> Json:
    if isinstance(value, str):
        return "".join(map(_spelt, _letters(value)))
    if isinstance(value, list):
        return [_shown(one) for one in value]
    if isinstance(value, dict):
        return {key: _shown(one) for key, one in value.items()}
    return value


def _letters(text: str) -> list[str]:
    """Part a text into letters, each with the marks upon it."""
    letters: list[str] = []
    for sign in text:
        if letters and unicodedata.category(sign).startswith("M"):
            letters[-1] += sign
        else:
            letters.append(sign)
    return letters


def _spelt(letter: str) -> str:
    """Return `letter`, or where no font has it with its marks, the number of what is missing."""
    base, marks = letter[0], letter[1:]
    has_base = _has_glyph(base)
    if has_base and _has_glyph(letter):
        return letter
    if marks and has_base:
        return base + _numbers(marks)
    return _numbers(letter)


def _numbers(signs: str) -> str:
    return "".join(f"[U+{ord(sign):04X}]" for sign in signs)


@lru_cache(maxsize=4096)
def _has_glyph(letter: str) -> bool:
    """Say whether one of the fonts has `letter`; PDF/A refuses a page where it is missing."""
    if letter.isascii():
        return True
    try:
        _compiled(_ONE_LETTER, {"letter": letter}, _ANY_MOMENT)
    except typst.TypstError:
        return False
    return True


def _compiled(template: bytes, inputs: dict[str, str], at: datetime) -> bytes:
    # A PDF tells its moment to the second, and typst refuses anything finer.
    moment = at.replace(microsecond=0)
    with _one_at_a_time:
        pdf = _compiler().compile(
            template, format="pdf", sys_inputs=inputs, pdf_standards=_STANDARDS, timestamp=moment
        )
    return cast("bytes", pdf)


@cache
def _template() -> bytes:
    return _TEMPLATE.read_bytes()


@cache
def _compiler() -> typst.Compiler:
    """Return the one compiler: it sees the template folder and the fonts inside typst only."""
    fonts = typst.Fonts(include_system_fonts=False)
    return typst.Compiler(root=str(_TEMPLATE.parent), font_paths=fonts)
