"""The source files as the tests of the architecture see them: text and syntax tree, read once."""

import ast
import io
import tokenize
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PACKAGES = ("licenses", "schema_ext", "api")
Function = ast.FunctionDef | ast.AsyncFunctionDef


class Source(NamedTuple):
    """One Python file: its path from the root of the project, its text and its tree.

    `code` is the text without comments and strings: only what runs.
    """

    path: str
    text: str
    code: str
    tree: ast.Module

    @property
    def calls(self) -> set[str]:
        """Dotted names of everything that is called."""
        return {
            ast.unparse(node.func) for node in ast.walk(self.tree) if isinstance(node, ast.Call)
        }

    @property
    def functions(self) -> list[Function]:
        """All functions and methods, nested ones too."""
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]


@cache
def program() -> tuple[Source, ...]:
    """Return every Python file of the three packages."""
    return tuple(_read(path) for package in PACKAGES for path in _python(ROOT / package))


@cache
def suite() -> tuple[Source, ...]:
    """Return every Python file of the tests."""
    return tuple(_read(path) for path in _python(ROOT / "tests"))


def _python(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


def _read(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(path.relative_to(ROOT).as_posix(), text, _code(text), ast.parse(text))


def _code(text: str) -> str:
    left_out = (tokenize.COMMENT, tokenize.STRING)
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return " ".join(token.string for token in tokens if token.type not in left_out)
