"""Both halves of the documents for one version: as many valid ones as broken ones, none twice."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from tests.elmo_documents.broken import broken_documents, random_broken_documents
from tests.elmo_documents.growing import ways
from tests.elmo_documents.parts import Grammar
from tests.elmo_documents.reading import read_grammar
from tests.elmo_documents.valid import Document, random_documents, valid_documents

SEED: Final = 20261123
LEAST: Final = 1000
"""Fewest documents of each half, whatever the schema needs."""

_MIXED: Final = 50


def made_from(schema_xsd: Path) -> tuple[Grammar, tuple[Document, ...]]:
    """Return what an official release states, and the documents made from it.

    Every document the schema asks for is among them; mixed ones, at least 50 of each half, fill
    the smaller half up.
    """
    grammar = read_grammar(schema_xsd)
    way = ways(grammar)
    valid = _different(valid_documents(grammar, way))
    broken = _different(broken_documents(grammar, way))
    size = max(len(valid), len(broken), LEAST) + _MIXED
    _fill(valid, random_documents(grammar, SEED), size)
    _fill(broken, random_broken_documents(grammar, SEED), size)
    return grammar, (*valid.values(), *broken.values())


def _different(documents: Iterable[Document]) -> dict[bytes, Document]:
    """Keep one of equal documents, with what all of them hit."""
    kept: dict[bytes, Document] = {}
    for one in documents:
        before = kept.get(one.octets)
        kept[one.octets] = one if before is None else before._replace(hits=before.hits | one.hits)
    return kept


def _fill(kept: dict[bytes, Document], more: Iterator[Document], size: int) -> None:
    while len(kept) < size:
        kept |= {
            one.octets: one for one in islice(more, size - len(kept)) if one.octets not in kept
        }
