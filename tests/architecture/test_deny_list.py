"""What must not stand in the program, and where the few exceptions are."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.source import Source, program

_XML_ENTRANCES = frozenset(
    {
        "schema_ext/parsing.py",  # the only parser of documents
        "schema_ext/catalog.py",  # schemas, from files of ours
        "schema_ext/validation.py",
        "schema_ext/xsd_reference.py",
    }
)
_BROAD = {
    "schema_ext/documents.py": 1,  # whatever a document does to a library is a rejection
    "api/problems.py": 1,  # the last resort of the server
}


@pytest.mark.parametrize(
    "denied",
    [
        r"\bhuge_tree\s*=\s*True",
        r"\bexcise_empty_xmlns_declarations\b",
        r"\bverify\s*=\s*False\b",
        r"\bshell\s*=\s*True\b",
        r"\bgzip\s*\.\s*decompress\b",
        r"\bpickle\b",
        r"\bmarshal\b",
        r"\beval\s*\(",
        r"\bexec\s*\(",
        r"\bos\s*\.\s*system\b",
        r"\bprint\s*\(",
        r"\bxmltodict\b|\bminidom\b|\bElementTree\s*\.\s*parse\b",
        r"\bresolve_entities\s*=\s*True\b",
        r"\bno_network\s*=\s*False\b",
        r"\ballow_redirects\s*=\s*True\b|\bfollow_redirects\s*=\s*True\b",
        r"\butcnow\b|\bdatetime\s*\.\s*today\b",
        r"\brandom\s*\.\s*(?:random|choice|randint|shuffle)\b",
    ],
)
def test_nothing_dangerous_stands_in_the_program(denied: str) -> None:
    assert [source.path for source in program() if re.search(denied, source.code)] == []


def test_xml_comes_in_by_one_door() -> None:
    parsers = re.compile(r"etree\.(?:parse|fromstring|fromstringlist|XML|XMLParser|iterparse)")
    found = {
        source.path for source in program() for call in source.calls if parsers.fullmatch(call)
    }

    assert found <= _XML_ENTRANCES
    assert "schema_ext/parsing.py" in found


def _broad(source: Source) -> Iterator[ast.ExceptHandler]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ExceptHandler):
            named = "BaseException" if node.type is None else ast.unparse(node.type)
            if re.search(r"\b(?:Base)?Exception\b", named):
                yield node


def test_a_broad_except_stands_at_the_two_doors_only() -> None:
    found = {source.path: len(list(_broad(source))) for source in program()}

    assert {path: number for path, number in found.items() if number} == _BROAD


def test_what_a_broad_except_catches_is_never_logged_as_it_is() -> None:
    bodies = [
        ast.unparse(ast.Module(handler.body, []))
        for source in program()
        for handler in _broad(source)
    ]
    told = re.compile(r"exc_info|\.exception\(|str\(error\)|repr\(error\)|\{error\}")

    assert [body for body in bodies if told.search(body)] == []


def test_nothing_is_asked_of_the_clock_or_the_disk_at_import() -> None:
    """A call at the top of a module that reads time, randomness, files or the network."""
    denied = re.compile(
        r"(?:datetime\.now|time\.time|secrets\.\w+|os\.urandom|open|.*\.read_text|.*\.read_bytes"
        r"|httpx\.Client|create_engine|etree\.XMLSchema|typst\.Compiler)$"
    )
    for source in program():
        for statement in source.tree.body:
            if isinstance(statement, ast.Assign | ast.AnnAssign | ast.Expr):
                calls = [node for node in ast.walk(statement) if isinstance(node, ast.Call)]
                names = [ast.unparse(call.func) for call in calls]
                assert not [name for name in names if denied.fullmatch(name)], source.path
