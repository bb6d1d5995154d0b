"""Name the field a caller has sent where lint names an element of the license.

An officer reads "holder.birthDate" in the body they wrote; nobody who calls the API has seen the
document. What is not of the body (the authority's own site, say) keeps the path of its element,
which begins with `license` and has slashes. The rules and their places are
`schema_ext.lint_rules`.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from licenses.errors import FieldFault, LintFailed

_NAMES: Final = {
    "holder/name": "holder.names.#",
    "holder/name/given": "holder.names.#.given",
    "holder/name/family": "holder.names.#.family",
    "holder/dateOfBirth": "holder.birthDate",
}
APPLIED_FOR: Final = _NAMES | {
    "number": "number",
    "profession": "profession",
    "title": "titles.#",
    "kind": "kind",
    "jurisdiction": "jurisdiction",
    "territory": "territories.#",
    "territory/area": "territories.#.area",
    "territory/mode": "territories.#.mode",
    "territory/until": "territories.#.until",
    "firstIssued": "firstIssued",
    "validFrom": "validFrom",
    "validUntil": "validUntil",
    "recognition": "recognition",
    "speciality": "specialities.#",
    "speciality/code": "specialities.#.code",
    "speciality/title": "specialities.#.titles.#",
    "speciality/validFrom": "specialities.#.period.starts",
    "speciality/validUntil": "specialities.#.period.ends",
    "scope": "scope.#",
    "scope/activity": "scope.#.activity",
    "scope/title": "scope.#.titles.#",
    "scope/exclude": "scope.#.exclude",
    "legalBasis": "legalBasis.#",
}
"""By the path of an element, the field of `POST /v1/licenses` it is written from.

`#` is the place in a list. The profession stands for all that the authority's list says of it.
"""

RENEWED: Final = {"validUntil": "validUntil"}
"""The same for a renewal."""

CORRECTED: Final = _NAMES | {
    "number": "number",
    "title": "titles.#",
    "profession/title": "professionTitles.#",
    "legalBasis": "licenseLegalBasis.#",
    "firstIssued": "firstIssued",
}
"""The same for a correction."""

_SEVERAL: Final = frozenset({"name", "title", "territory", "speciality", "scope", "legalBasis"})
_STEP: Final = re.compile(r"([A-Za-z0-9]+)(?:\[([0-9]+)\])?")


@contextmanager
def naming_fields(fields: Mapping[str, str]) -> Iterator[None]:
    """Let a failed lint name the fields of the body that was sent, where it has them."""
    try:
        yield
    except LintFailed as failed:
        faults = (_in_body(fault, fields) for fault in failed.faults)
        raise LintFailed(str(failed), *dict.fromkeys(faults)) from None


def _in_body(fault: FieldFault, fields: Mapping[str, str]) -> FieldFault:
    _license, *steps = _STEP.findall(fault.field)
    for length in range(len(steps), 0, -1):
        field = fields.get("/".join(name for name, _ in steps[:length]))
        if field is not None:
            return fault._replace(field=_placed(field, steps[:length]))
    return fault


def _placed(field: str, steps: list[tuple[str, str]]) -> str:
    """Put the places into a field; XPath counts from 1, lists count from 0.

    An element of a list that has no number is the only one, or, at the end, the list itself.
    """
    numbers = [number for name, number in steps if name in _SEVERAL]
    if numbers and not numbers[-1]:
        field = field.removesuffix(".#")
    for number in numbers:
        field = field.replace("#", str(int(number or 1) - 1), 1)
    return field
