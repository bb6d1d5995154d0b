"""Which fields of a request body take a free text, and which a word, a number or a day.

Read from the schema of its model and written by no hand, so a new field is among them at once.
A text is free where the schema names neither form nor choice. An entry of a list is shown by its
first, `holder.names.0.given`, as in `tests.api.body_fields`.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

_CHOSEN = {"const", "enum", "format", "pattern"}


class Leaf(NamedTuple):
    """A field without fields of its own: where it is, whether it takes any text, how often.

    `most` is how many entries the outermost list around it may have; 1 where it is in none.
    """

    path: str
    free: bool
    most: int

    def places(self) -> list[str]:
        """Return the paths of this field in each entry of the outermost list around it."""
        return [self.path.replace(".0", f".{number}", 1) for number in range(self.most)]


def leaves(model: type[BaseModel]) -> tuple[Leaf, ...]:
    """Return every leaf of a body but the event that chooses its form."""
    schema = model.model_json_schema()
    found = _below(schema, schema.get("$defs", {}), "", 1)
    return tuple(one for one in found if one.path != "event")


def free_texts(model: type[BaseModel]) -> tuple[Leaf, ...]:
    """Return the leaves that take any text."""
    return tuple(one for one in leaves(model) if one.free)


def at(body: Any, place: str) -> Any:
    """Return what stands at a dotted path of a body; the body itself at none."""
    for part in filter(None, place.split(".")):
        body = body[int(part)] if part.isdigit() else body[part]
    return body


def put(body: Any, place: str, value: object) -> None:
    """Put a value at a dotted path of a body, in place."""
    above, _, last = place.rpartition(".")
    at(body, above)[int(last) if last.isdigit() else last] = value


def _below(schema: dict[str, Any], known: dict[str, Any], path: str, most: int) -> Iterator[Leaf]:
    if "$ref" in schema:
        schema = known[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        # Either null or what it is.
        (schema,) = [one for one in schema["anyOf"] if one.get("type") != "null"]
        yield from _below(schema, known, path, most)
    elif schema["type"] == "object":
        for name, field in schema["properties"].items():
            yield from _below(field, known, f"{path}.{name}".lstrip("."), most)
    elif schema["type"] == "array":
        outermost = most if ".0" in path else schema["maxItems"]
        yield from _below(schema["items"], known, f"{path}.0", outermost)
    else:
        yield Leaf(path, schema["type"] == "string" and not _CHOSEN & set(schema), most)
