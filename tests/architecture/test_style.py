"""How the source is written, as far as a machine can tell."""

import ast
import re
from pathlib import Path

from tests.architecture.source import ROOT, Function, program, suite

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
_NAMES = re.compile(r"(?:^|_)(?:data|info|manager|utils?|helpers?|misc)(?:_|$)", re.IGNORECASE)
_GIVEN = re.compile(r"(?:key|signed)_info$")  # ds:KeyInfo and ds:SignedInfo
# In brackets, so that this file does not hold what it looks for.
_UNDONE = re.compile(r"\bT[O]DO\b|\bF[I]XME\b|\bX[X]X\b")
_REGISTRIES = re.compile(r"pypi[.]org|pythonhosted[.]org|npmjs[.]org")
_MACHINE = re.compile(r"(?<![\w.])/(?:work|home|root|Users)/\w|(?<![\w.])/tmp/\w")
_TEXTS = (".py", ".md", ".toml", ".typ", ".html", ".css", ".xsd", ".svg", ".java", ".lock", "")


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {source.path: source.text.count("\n") for source in program() + suite()}

    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def _lines(function: Function) -> int:
    """Return how many lines a function has below its docstring."""
    first, begins = function.body[0], function.lineno
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        begins = first.end_lineno or first.lineno
    return (function.end_lineno or begins) - begins


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        (source.path, one.name)
        for source in program()
        for one in source.functions
        if _lines(one) > LONGEST_FUNCTION
    ]

    assert [one for one in long if "migrations" not in one[0]] == []


def test_every_module_says_what_it_is_for() -> None:
    assert [source.path for source in program() if not ast.get_docstring(source.tree)] == []


def test_everything_public_says_what_it_promises() -> None:
    silent = [
        (source.path, node.name)
        for source in program()
        if "migrations" not in source.path  # alembic calls these; the module says what they do
        for scope in _public_scopes(source.tree)
        for node in scope.body
        if isinstance(node, Function | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]

    assert silent == []


def _public_scopes(tree: ast.Module) -> list[ast.Module | ast.ClassDef]:
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    return [tree, *(node for node in classes if not node.name.startswith("_"))]


def test_names_say_what_a_thing_is() -> None:
    files = [
        source.path
        for source in program()
        if _NAMES.search(source.path.rpartition("/")[2].removesuffix(".py"))
    ]
    names = [
        (source.path, node.name)
        for source in program()
        for node in ast.walk(source.tree)
        if isinstance(node, Function | ast.ClassDef) and _NAMES.search(node.name)
    ]

    assert files == []
    assert [one for one in names if not _GIVEN.search(one[1])] == []


def test_no_test_mocks_our_own_code() -> None:
    mocks = re.compile(r"\bmock\b|\bMagicMock\b|\bmocker\b")

    assert [source.path for source in suite() if mocks.search(source.code)] == []


def test_what_is_skipped_says_why() -> None:
    skips = [
        (source.path, call)
        for source in suite()
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.skip"
    ]

    assert [path for path, call in skips if not call.args] == []


def test_nothing_in_the_tree_is_left_undone_or_names_a_machine() -> None:
    faults = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in _tracked()
        for rule in (_UNDONE, _MACHINE, _REGISTRIES)
        if (found := rule.search(path.read_text(encoding="utf-8", errors="replace")))
    ]

    assert faults == []


def _tracked() -> list[Path]:
    """Return every text file of the tree but what tools and runs leave behind."""
    left_out = {".git", ".venv", ".data", "__pycache__", "build", "dist"}
    return [
        path
        for path in sorted(ROOT.rglob("*"))
        if path.is_file()
        and path.suffix in _TEXTS
        and not {part for part in path.parts if part in left_out or part.endswith("_cache")}
        and ".hypothesis" not in path.parts
    ]
