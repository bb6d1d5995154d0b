"""The expected person as typed into a form, and as a value; faults name field, code and cure.

Everything may be left empty: what is not asked is not compared, and the verdict says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter, ValidationError

from api.web.words import country_choices
from licenses.errors import FieldFault, InvalidFields
from licenses.model.occupations import OCCUPATIONS
from licenses.model.people import PersonName
from licenses.model.values import Text
from licenses.model.verdict import Expectation

FIELDS = ("given", "family", "birth_day", "birth_month", "birth_year", "profession", "territory")
"""The names of the form fields, in the order they stand on the page."""

_EARLIEST_YEAR = 1900
_TYPED_MOST = 300
_TEXT: TypeAdapter[str] = TypeAdapter(Text)


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What was typed, unchanged except for spaces around it; "" is left empty."""

    given: str = ""
    family: str = ""
    birth_day: str = ""
    birth_month: str = ""
    birth_year: str = ""
    profession: str = ""
    territory: str = ""

    @property
    def carried(self) -> tuple[tuple[str, str], ...]:
        """The (name, value) of each field, to be carried along as hidden fields."""
        return tuple((name, getattr(self, name)) for name in FIELDS)


def entered(form: Mapping[str, str]) -> Entered:
    """Return the fields of a posted form; unknown ones are ignored, long ones cut."""
    typed = {name: form.get(name, "").strip()[:_TYPED_MOST] for name in FIELDS}
    return Entered(**typed)


def expectation_of(typed: Entered, *, today: date) -> Expectation:
    """Return whom the form asks for.

    Args:
        typed: the fields as typed.
        today: the local day; nobody is born after it.

    Raises:
        InvalidFields: with one fault for each field that is wrong.
    """
    faults = [*_name_faults(typed), *_birth_faults(typed, today), *_choice_faults(typed)]
    if faults:
        raise InvalidFields(*faults)
    name = PersonName(given=typed.given, family=typed.family) if typed.given else None
    return Expectation(
        name=name,
        birth_date=_date(typed),
        territory=typed.territory or None,
        isco08=typed.profession or None,
    )


def _name_faults(typed: Entered) -> list[FieldFault]:
    faults = []
    if typed.family and not typed.given:
        faults.append(
            FieldFault("given", "missing", "Enter the given names too; a dash if there are none")
        )
    if typed.given and not typed.family:
        faults.append(
            FieldFault("family", "missing", "Enter the family name too; a dash if there is none")
        )
    for name in ("given", "family"):
        value = getattr(typed, name)
        if value and not _fits(_TEXT, value):
            faults.append(FieldFault(name, "not-plain", "Use letters, spaces and hyphens only"))
    return faults


def _birth_faults(typed: Entered, today: date) -> list[FieldFault]:
    parts = (typed.birth_day, typed.birth_month, typed.birth_year)
    if not any(parts):
        return []
    if not all(parts):
        message = "Enter day, month and year of birth, or leave all three empty"
        return [FieldFault("birth_date", "incomplete", message)]
    born = _date(typed)
    if born is None:
        message = "Enter a real date, such as 4 5 1990"
        return [FieldFault("birth_date", "not-a-date", message)]
    if not born.year >= _EARLIEST_YEAR or born > today:
        message = "Enter a birth date in the past, with four digits for the year"
        return [FieldFault("birth_date", "out-of-range", message)]
    return []


def _choice_faults(typed: Entered) -> list[FieldFault]:
    faults = []
    if typed.profession and typed.profession not in OCCUPATIONS:
        faults.append(FieldFault("profession", "unknown", "Choose the work from the list"))
    if typed.territory and typed.territory not in dict(country_choices()):
        faults.append(FieldFault("territory", "unknown", "Choose the country from the list"))
    return faults


def _date(typed: Entered) -> date | None:
    parts = (typed.birth_year, typed.birth_month, typed.birth_day)
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    try:
        return date(int(typed.birth_year), int(typed.birth_month), int(typed.birth_day))
    except ValueError:
        return None


def _fits(adapter: TypeAdapter[str], value: str) -> bool:
    try:
        adapter.validate_python(value, strict=True)
    except ValidationError:
        return False
    return True
