"""Draw who imports whom, from the imports themselves, for docs/architecture.md.

A part is a sub-package, or the modules that lie in a package itself. Arrows to `licenses.model`
and `licenses.errors` are left out, since every part may use them; so are arrows inside a part.
Arrows from `api` into `schema_ext` end at its box. The picture is Mermaid, which code hosts draw.
"""

import ast
from collections.abc import Iterator

from tests.architecture.source import PACKAGES, Source, program

FREE_TO_ALL = frozenset({"licenses.model", "licenses.errors"})
_TITLES = {
    "api": "api: the edges",
    "schema_ext": "schema_ext: bytes and values",
    "licenses": "licenses: the domain",
}
_WORDS = {
    "api": "wiring, settings, views",
    "schema_ext": "documents, ELMO, license XML",
}


def diagram() -> str:
    """Return the Mermaid text: a box for each package, its parts, and the arrows of imports."""
    arrows = imported_parts()
    parts = {part for arrow in arrows for part in arrow} | FREE_TO_ALL
    boxes = "".join(_box(package, sorted(parts)) for package in ("api", "schema_ext", "licenses"))
    drawn = sorted({(_id(one), _end(one, other)) for one, other in arrows})
    lines = "".join(f"  {one} --> {other}\n" for one, other in drawn)
    return f"```mermaid\nflowchart TD\n{boxes}{lines}```\n"


def imported_parts() -> set[tuple[str, str]]:
    """Return every pair (part, part it imports) of the program, `FREE_TO_ALL` left out."""
    found = {
        (_part(_module(source)), _part(target))
        for source in program()
        for target in _imports(source)
        if target.partition(".")[0] in PACKAGES
    }
    return {(one, other) for one, other in found if one != other and other not in FREE_TO_ALL}


def _imports(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            # `from licenses import errors` names the module in the list.
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def _module(source: Source) -> str:
    return source.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _part(module: str) -> str:
    """Return the sub-package a module lies in, else its package; of `licenses`, always the part."""
    package, *rest = module.split(".")
    if not rest:
        return package
    inner = f"{package}.{rest[0]}"
    return inner if inner in _sub_packages() or package == "licenses" else package


def _sub_packages() -> frozenset[str]:
    return frozenset(
        ".".join(source.path.split("/")[:2]) for source in program() if source.path.count("/") >= 2
    )


def _box(package: str, parts: list[str]) -> str:
    inside = "".join(
        f'    {_id(part)}["{_label(part)}"]\n'
        for part in parts
        if part.partition(".")[0] == package
    )
    return f'  subgraph box_{package}["{_TITLES[package]}"]\n{inside}  end\n'


def _end(one: str, other: str) -> str:
    """Return where an arrow ends: at a part, or from `api` at the whole of `schema_ext`."""
    enters = other.startswith("schema_ext") and one.startswith("api")
    return "box_schema_ext" if enters else _id(other)


def _label(part: str) -> str:
    return f"{part} ({_WORDS[part]})" if part in _WORDS else part


def _id(part: str) -> str:
    return part.replace(".", "_")
