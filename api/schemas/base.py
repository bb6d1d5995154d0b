"""How a body is read and an answer is written: camelCase, nothing unknown, no guessing at dates.

A body is the domain value it stands for, declared once there; here it only becomes lax in types,
since JSON has no dates, and strict in form. Source: design.md 3, 10.
"""

import re
from datetime import date
from typing import Any, Self, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from licenses.model.values import Value

_FIRST_YEAR, _LAST_YEAR = 1900, 2999
_DATE_LIKE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*", re.DOTALL)

Domain = TypeVar("Domain", bound=Value)


class Body(BaseModel):
    """Base of request bodies; stands after the domain value in the bases, so its rules win."""

    model_config = ConfigDict(
        alias_generator=to_camel, extra="forbid", strict=False, frozen=True, validate_by_name=False
    )

    @field_validator("*", mode="before")
    @classmethod
    def _no_numbers_for_dates(cls, value: object, info: ValidationInfo) -> object:
        """Refuse numbers: no field is one, and a number would pass for a date."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            raise PydanticCustomError("not_a_number", "must not be a number")
        if isinstance(value, str) and _is_temporal(cls, info) and not _DATE_LIKE.fullmatch(value):
            raise PydanticCustomError("date_parsing", "must be a day")
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


def _is_temporal(model: type[BaseModel], info: ValidationInfo) -> bool:
    field = model.model_fields.get(info.field_name or "")
    return field is not None and _names_date(field.annotation)


def _names_date(annotation: object) -> bool:
    if isinstance(annotation, type):
        return issubclass(annotation, date)
    return any(_names_date(part) for part in get_args(annotation))
