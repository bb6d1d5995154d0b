"""Every field of every request to the authority's API, times everything that can be wrong with it.

The tables name each field with its kind: `!` must come, `?` may be null. They are held against
the models the API reads by, so a new field fails here until it stands in its table; what is wrong
with each kind stands in `wrong_values`. Every row is refused with the field's name and code, the
value is not repeated, and the register is as it was.
"""

import json
from copy import deepcopy
from typing import Any, NamedTuple

import pytest
from httpx import Response
from pydantic import BaseModel

from api.schemas.decisions import RULINGS, CorrectionBody, RenewalBody
from api.schemas.licenses import ApplicationBody
from tests.api.authority import AuthorityServer, application_body
from tests.api.body_fields import Declared, fields_of
from tests.api.refusals import assert_nothing_changes, assert_refused, changed
from tests.api.wrong_values import NULL, TooMany, wrong_values

_NAMES = [{"given": "Ingrid Marie", "family": "Solberg", "type": "current"}]
_BECAUSE = {"reasonCodes": ["unsafe-practice"], "legalBasis": ["§ 57"], "decidedOn": "2026-03-02"}
_DATED = _BECAUSE | {"effectiveFrom": "2026-03-02T13:00:00Z"}


def _titles() -> list[dict[str, str]]:
    return [{"lang": "nb", "text": "Sykepleier"}]


_RULING = """
    decidedOn                    day ?
    reasonCodes                  list 0-10
    reasonCodes.0                code
    legalBasis                   list 0-10
    legalBasis.0                 text
"""
_DATED_RULING = (
    _RULING
    + """
    effectiveFrom                instant ?
"""
)
_LOSS = _DATED_RULING.replace("list 0-10", "list 1-10 !", 1)

BODIES: dict[str, tuple[str, dict[str, Any], str]] = {
    "ApplicationBody": (
        "",
        application_body(
            titles=_titles(),
            jurisdiction="NO",
            territories=[{"area": "NO", "mode": "home", "until": "2030-12-31"}],
            firstIssued="2026-01-01",
            specialities=[
                {
                    "code": "intensive-care",
                    "titles": _titles(),
                    "period": {"starts": "2026-01-01", "ends": "2030-12-31"},
                }
            ],
            scope=[{"activity": "vaccination", "titles": _titles(), "exclude": False}],
            legalBasis=["Helsepersonelloven § 48"],
            holder={
                "names": _NAMES,
                "birthDate": "1988-05-17",
                "identifiers": [{"country": "NO", "type": "national-id", "value": "17058800001"}],
            },
        ),
        """
    number                       license-number !
    profession                   code !
    titles                       list 1-20 ?
    titles.0                     object
    titles.0.lang                language !
    titles.0.text                text !
    kind                         enum !
    jurisdiction                 area ?
    territories                  list 1-60 !
    territories.0                object
    territories.0.area           area !
    territories.0.mode           enum
    territories.0.until          day ?
    validFrom                    day !
    validUntil                   day ?
    firstIssued                  day ?
    recognition                  enum !
    specialities                 list 0-40
    specialities.0               object
    specialities.0.code          code !
    specialities.0.titles        list 1-20 !
    specialities.0.titles.0      object
    specialities.0.titles.0.lang language !
    specialities.0.titles.0.text text !
    specialities.0.period        object !
    specialities.0.period.starts day !
    specialities.0.period.ends   day ?
    scope                        list 0-40
    scope.0                      object
    scope.0.activity             code !
    scope.0.titles               list 1-20 !
    scope.0.titles.0             object
    scope.0.titles.0.lang        language !
    scope.0.titles.0.text        text !
    scope.0.exclude              yes-no
    legalBasis                   list 0-20
    legalBasis.0                 text
    holder                       object !
    holder.names                 list 1-10 !
    holder.names.0               object
    holder.names.0.given         text !
    holder.names.0.family        text !
    holder.names.0.type          enum
    holder.birthDate             day !
    holder.identifiers           list 0-10
    holder.identifiers.0         object
    holder.identifiers.0.country country !
    holder.identifiers.0.type    code !
    holder.identifiers.0.value   identifier !
    """,
    ),
    "IssueBody": ("decisions", _DATED | {"event": "issue"}, _DATED_RULING),
    "RefuseBody": ("decisions", _DATED | {"event": "refuse"}, _LOSS),
    "RestrictBody": (
        "decisions",
        _DATED
        | {"event": "restrict", "kind": "condition", "termCodes": ["a"], "until": "2027-01-01"},
        _LOSS
        + """
    kind                         enum
    termCodes                    list 1-20 !
    termCodes.0                  code
    until                        day ?
    """,
    ),
    "LiftBody": (
        "decisions",
        _DATED | {"event": "lift", "encumbranceId": "01890000-0000-7000-8000-00000000aaaa"},
        _DATED_RULING
        + """
    encumbranceId                uuid !
    """,
    ),
    "SuspendBody": (
        "decisions",
        _DATED | {"event": "suspend", "until": "2027-01-01", "interim": True},
        _LOSS
        + """
    until                        day ?
    interim                      yes-no
    """,
    ),
    "ReinstateBody": ("decisions", _DATED | {"event": "reinstate"}, _DATED_RULING),
    "RevokeBody": ("decisions", _DATED | {"event": "revoke"}, _LOSS),
    "SurrenderBody": (
        "decisions",
        _DATED | {"event": "surrender", "reasonCodes": ["voluntary"]},
        _LOSS,
    ),
    "RenewalBody": (
        "renewals",
        _DATED | {"validUntil": "2035-12-31"},
        _DATED_RULING
        + """
    validUntil                   day !
    """,
    ),
    "CorrectionBody": (
        "corrections",
        _BECAUSE
        | {
            "number": "HPR 9",
            "titles": _titles(),
            "professionTitles": _titles(),
            "licenseLegalBasis": ["§ 48"],
            "firstIssued": "2026-01-01",
            "holder": {"names": _NAMES, "birthDate": "1988-05-17"},
        },
        _RULING
        + """
    number                       license-number ?
    titles                       list 1-20 ?
    titles.0                     object
    titles.0.lang                language !
    titles.0.text                text !
    professionTitles             list 1-20 ?
    professionTitles.0           object
    professionTitles.0.lang      language !
    professionTitles.0.text      text !
    licenseLegalBasis            list 0-20 ?
    licenseLegalBasis.0          text
    firstIssued                  day ?
    holder                       object ?
    holder.names                 list 1-10 !
    holder.names.0               object
    holder.names.0.given         text !
    holder.names.0.family        text !
    holder.names.0.type          enum
    holder.birthDate             day !
    """,
    ),
}
"""By the model: the address below a license ("" applies for one), a right body, its fields."""

_READ: tuple[type[BaseModel], ...] = (ApplicationBody, *RULINGS, RenewalBody, CorrectionBody)
MODELS = {one.__name__: one for one in _READ}


class Row(NamedTuple):
    """One wrong body: whose, at which field, what stands there, and the fault it must bring."""

    body: str
    path: str
    value: object
    field: str
    code: str


def _declared(table: str) -> dict[Declared, str]:
    """Read a table: each field as its model must declare it, with its kind."""
    rows = [line.split() for line in table.strip().splitlines() if line.strip()]
    return {
        Declared(path, required="!" in marks, nullable="?" in marks): " ".join(
            mark for mark in marks if mark not in "!?"
        )
        for path, *marks in rows
    }


def _rows() -> list[Row]:
    return [
        row
        for name, (_, right, table) in BODIES.items()
        for declared, kind in _declared(table).items()
        for row in _rows_of_a_field(name, right, declared, kind)
    ]


def _rows_of_a_field(name: str, right: dict[str, Any], field: Declared, kind: str) -> list[Row]:
    path = field.path
    rows = [Row(name, path, one.value, path, one.code) for one in wrong_values(kind)]
    if field.required:
        rows.append(Row(name, path, ..., path, "required"))
    if not field.nullable:
        rows.append(Row(name, path, None, path, NULL.get(kind, "wrong-type")))
    if kind == "object":
        rows.append(Row(name, f"{path}.colour", "red", f"{path}.colour", "unknown-field"))
        rows.append(Row(name, f"{path}.<b>", "red", f"{path}.(unknown)", "unknown-field"))
    return rows


ROWS = _rows()


def _id(row: Row) -> str:
    shown = "left out" if row.value is ... else json.dumps(row.value)
    return f"{row.body}-{row.path}-{shown[:24]}"


class Asked:
    """A server with one issued license, which no refusal changes."""

    def __init__(self) -> None:
        self.server = AuthorityServer()
        self.license = self.server.issued()

    def post(self, address: str, body: object) -> Response:
        """Post a body to the license, or as an application where the address is empty."""
        path = f"{self.license}/{address}" if address else "/v1/licenses"
        headers = self.server.headers("olga", If_Match='"2"', Content_Type="application/json")
        # As ASCII: what half a character is can be written in JSON, and not in UTF-8.
        content = json.dumps(body).encode()
        return self.server.client.request("POST", path, content=content, headers=headers)


@pytest.fixture(scope="module")
def asked() -> Asked:
    return Asked()


@pytest.mark.parametrize("name", MODELS)
def test_each_field_a_body_declares_stands_in_its_table(name: str) -> None:
    declared = {one for one in fields_of(MODELS[name]) if one.path != "event"}

    assert set(_declared(BODIES[name][2])) == declared


@pytest.mark.parametrize("name", BODIES)
def test_the_right_body_has_every_field_and_no_wrong_one(asked: Asked, name: str) -> None:
    """So that a row below is refused for its one fault alone."""
    address, right, table = BODIES[name]

    answer = assert_nothing_changes(asked.server, lambda: asked.post(address, [right]))
    assert answer.status_code == 422
    MODELS[name].model_validate(right)
    for declared in _declared(table):
        changed(right, declared.path, ...)


@pytest.mark.parametrize("row", ROWS, ids=_id)
def test_a_wrong_field_is_named_and_not_repeated_and_nothing_changes(
    asked: Asked, row: Row
) -> None:
    address, right, _ = BODIES[row.body]
    body = _with(right, row)

    answer = assert_nothing_changes(asked.server, lambda: asked.post(address, body))

    assert_refused(answer, 422, "invalid-fields", (row.field, row.code))
    if isinstance(row.value, str) and len(row.value) > 4:
        assert row.value not in answer.text


def _with(right: dict[str, Any], row: Row) -> dict[str, Any]:
    if not isinstance(row.value, TooMany):
        return changed(right, row.path, row.value)
    there: Any = deepcopy(right)
    for part in row.path.split("."):
        there = there[int(part)] if part.isdigit() else there[part]
    return changed(right, row.path, row.value.of(there))
