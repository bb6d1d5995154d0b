"""The glossary has the words of the domain: what its classes are named, and its closed lists."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from enum import StrEnum

import pytest

from licenses import model
from licenses.model.reasons import Reason
from tests.docs.generated import DOCS

GLOSSARY = (DOCS / "glossary.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\*\*.+?) \| (.+) \|$", GLOSSARY, re.MULTILINE)
TERMS = frozenset(term.lower() for cell, _ in ROWS for term in re.findall(r"\*\*(.+?)\*\*", cell))
_OF_PAGES = (
    "approval", "audience", "clear copy", "consent", "ELMO", "EMC", "EMP", "EMREX", "flag",
    "indeterminate", "ISCO-08", "kid", "learner", "mandate", "NCP", "outer signature", "place",
    "problem", "record version", "rejected", "ruling", "seal id", "session", "SMP", "stapled",
    "transcript", "trust file", "trust root", "verdict",
)  # fmt: skip
"""Terms that pages and codes use and no class of the domain is named by."""


def _classes() -> Iterator[type]:
    for module in pkgutil.iter_modules(model.__path__, f"{model.__name__}."):
        for name, found in inspect.getmembers(
            importlib.import_module(module.name), inspect.isclass
        ):
            if found.__module__ == module.name and not name.startswith("_"):
                yield found


CLASSES = tuple(_classes())
LISTS = tuple(one for one in CLASSES if issubclass(one, StrEnum) and one is not Reason)


def term_of(named: type) -> str:
    """Return the words of a name, as `seal draft`."""
    return re.sub(r"(?<=.)(?=[A-Z])", " ", named.__name__).lower()


@pytest.mark.parametrize("term", _OF_PAGES)
def test_the_glossary_has_each_term_the_pages_use(term: str) -> None:
    assert term.lower() in TERMS


@pytest.mark.parametrize("named", CLASSES, ids=term_of)
def test_the_glossary_has_each_thing_of_the_domain(named: type) -> None:
    assert term_of(named) in TERMS


@pytest.mark.parametrize("listed", LISTS, ids=term_of)
def test_the_glossary_has_each_value_of_a_closed_list_and_no_other(listed: type[StrEnum]) -> None:
    lists = GLOSSARY.partition("\n## Closed lists\n")[2]
    (values,) = re.findall(rf"^\| \*\*{term_of(listed)}\*\*.*? \| (.+) \|$", lists, re.M | re.I)

    assert sorted(re.findall(r"`(.+?)`", values)) == sorted(listed)
