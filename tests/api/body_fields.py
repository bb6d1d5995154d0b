"""The fields of a request body as its model declares them, by their dotted path on the wire.

An entry of a list is shown by its first: `holder.names.0.given`. What may be wrong with each
kind of field stands in `wrong_values`.
"""

from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel


class Declared(NamedTuple):
    """One field: where it is, whether it must come, whether it may be null."""

    path: str
    required: bool
    nullable: bool


def fields_of(model: type[BaseModel], at: str = "") -> Iterator[Declared]:
    """Walk a model in the order of its fields, each before what is inside it."""
    for name, field in model.model_fields.items():
        path = f"{at}{field.alias or name}"
        kinds = _alternatives(field.annotation)
        yield Declared(path, field.is_required(), NoneType in kinds)
        for kind in kinds:
            yield from _inside(kind, path)


def _inside(kind: Any, path: str) -> Iterator[Declared]:
    if get_origin(kind) is tuple:
        (entry,) = {_plain(one) for one in get_args(kind)} - {Ellipsis}
        yield Declared(f"{path}.0", required=False, nullable=False)
        yield from _inside(entry, f"{path}.0")
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        yield from fields_of(kind, f"{path}.")


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    plain = _plain(annotation)
    if get_origin(plain) in (Union, UnionType):
        return tuple(_plain(one) for one in get_args(plain))
    return (plain,)


def _plain(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
