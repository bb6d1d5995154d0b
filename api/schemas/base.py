"""How a body is read and an answer is written: camelCase, nothing unknown, no guessing at dates.

A body is the domain value it stands for, declared once there; here it only becomes lax in types,
since JSON has no dates, and strict in form. Source: design.md 3, 10.
"""

import re
from datetime import date
from typing import Any, LiteralString, Self, TypeVar, get_args

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationInfo, field_validator
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from licenses.model.values import Value

_FIRST_YEAR, _LAST_YEAR = 1900, 2999
# The text a value may be written as, and the fault of another; a boolean is never a text.
_FORMS: dict[type, tuple[re.Pattern[str], LiteralString]] = {
    date: (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "date_parsing"),
    AwareDatetime: (
        re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+[Zz0-9:+-]*"),
        "datetime_parsing",
    ),
    bool: (re.compile(r"(?!)"), "bool_type"),
    int: (re.compile(r"[0-9]+"), "int_parsing"),
}

Domain = TypeVar("Domain", bound=Value)


class Body(BaseModel):
    """Base of request bodies; stands after the domain value in the bases, so its rules win."""

    model_config = ConfigDict(
        alias_generator=to_camel, extra="forbid", strict=False, frozen=True, validate_by_name=False
    )

    @field_validator("*", mode="before")
    @classmethod
    def _as_it_is_written(cls, value: object, info: ValidationInfo) -> object:
        """Refuse numbers, for no field is one, and texts that only lax types take for a value."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            raise PydanticCustomError("not_a_number", "must not be a number")
        if isinstance(value, str):
            for kind, (form, fault) in _FORMS.items():
                if kind in _kinds(cls, info) and not form.fullmatch(value):
                    raise PydanticCustomError(fault, "is not of the form of its type")
        return value

    @field_validator("*", mode="after")
    @classmethod
    def _in_our_centuries(cls, value: object) -> object:
        if isinstance(value, date) and not _FIRST_YEAR <= value.year <= _LAST_YEAR:
            raise PydanticCustomError("day_out_of_range", "must lie in our centuries")
        return value

    def domain(self, kind: type[Domain]) -> Domain:
        """Return the domain value this body stands for, checked once more by its own rules."""
        return kind.model_validate(self.model_dump(include=set(kind.model_fields)))


class Answer(BaseModel):
    """Base of responses; written in camelCase, built from a domain value."""

    model_config = ConfigDict(
        alias_generator=to_camel, extra="ignore", strict=False, frozen=True, validate_by_name=True
    )

    @classmethod
    def of(cls, value: BaseModel, **more: Any) -> Self:
        """Return the answer with the fields of `value` it knows, and `more`."""
        return cls.model_validate({**value.model_dump(), **more})


def _kinds(model: type[BaseModel], info: ValidationInfo) -> frozenset[type]:
    field = model.model_fields.get(info.field_name or "")
    return frozenset() if field is None else _named(field.annotation)


def _named(annotation: object) -> frozenset[type]:
    """Return the types an annotation is made of."""
    if isinstance(annotation, type) and not get_args(annotation):
        return frozenset({annotation})
    return frozenset().union(*(_named(part) for part in get_args(annotation)))
