"""Each wrong field of each body is named by its path and a code, and nothing changes."""

import pytest

from tests.api.authority import AuthorityServer, application_body
from tests.api.refusals import BECAUSE, assert_nothing_changes, assert_refused, changed


@pytest.fixture
def server() -> AuthorityServer:
    return AuthorityServer()


CONTROL = "In\u0007grid"


BIDI = "In\u202egrid"


ZERO_WIDTH = "In\u200bgrid"


WRONG_DAYS: tuple[tuple[object, str], ...] = (
    ("2026-02-30", "impossible-date"),
    ("2026-13-01", "impossible-date"),
    ("30.01.2026", "impossible-date"),
    ("1767225600", "impossible-date"),
    ("0001-01-01", "impossible-date"),
    (1767225600, "wrong-type"),
    (True, "impossible-date"),
    ([], "impossible-date"),
)


APPLICATION = [
    ("colour", "red", "unknown-field"),
    ("valid_from", "2026-01-01", "unknown-field"),
    ("holder.shoeSize", "43", "unknown-field"),
    ("holder.names.0.middle", "M", "unknown-field"),
    ("number", ..., "required"),
    ("number", 7000001, "wrong-type"),
    ("number", "", "wrong-form"),
    ("number", "HPR_1", "wrong-form"),
    ("number", "1" * 41, "wrong-form"),
    ("number", None, "wrong-type"),
    ("profession", "Sykepleier!", "wrong-form"),
    ("profession", "astronaut", "not-listed"),
    ("kind", "complete", "unknown-value"),
    ("kind", "limited", "scope required"),
    ("jurisdiction", "Norway", "wrong-form"),
    ("jurisdiction", "SE", "not-of-authority"),
    ("territories", [], "wrong-count"),
    ("territories", "NO", "wrong-type"),
    ("territories", [{"area": "NO"}] * 61, "wrong-count"),
    ("territories.0.area", "no", "wrong-form"),
    ("territories.0.until", "2026-02-30", "impossible-date"),
    ("territories.0.mode", "colony", "unknown-value"),
    *(("validFrom", day, code) for day, code in WRONG_DAYS),
    *(("firstIssued", day, code) for day, code in WRONG_DAYS),
    *(("holder.birthDate", day, code) for day, code in WRONG_DAYS),
    ("validUntil", "2025-12-31", "before-valid-from"),
    ("firstIssued", "2026-03-03", "in-the-future"),
    ("recognition", "friendship", "unknown-value"),
    ("titles", [], "wrong-count"),
    ("titles", [{"lang": "Norwegian", "text": "Sykepleier"}], "titles.0.lang wrong-form"),
    ("titles", [{"lang": "nb", "text": BIDI}], "titles.0.text not-allowed"),
    ("scope", [{"activity": "a", "titles": []}], "scope.0.titles wrong-count"),
    ("scope", [{"activity": "a", "titles": [{"lang": "nb", "text": "A"}], "exclude": "maybe"}],
     "scope.0.exclude wrong-type"),
    ("legalBasis", ["x" * 301], "legalBasis.0 too-long"),
    ("legalBasis", [CONTROL], "legalBasis.0 not-allowed"),
    ("holder", ..., "required"),
    ("holder", "Ingrid Solberg", "wrong-type"),
    ("holder.names", [], "wrong-count"),
    ("holder.names", [{"given": "A", "family": "B", "type": "former"}], "not-allowed"),
    ("holder.names.0.given", CONTROL, "not-allowed"),
    ("holder.names.0.given", BIDI, "not-allowed"),
    ("holder.names.0.family", ZERO_WIDTH, "not-allowed"),
    ("holder.names.0.family", " Solberg", "not-allowed"),
    ("holder.names.0.family", "", "not-allowed"),
    ("holder.names.0.family", "S" * 301, "too-long"),
    ("holder.names.0.family", "Sol\nberg", "not-allowed"),
    ("holder.names.0.family", 7, "wrong-type"),
    ("holder.names.0.type", "nick", "unknown-value"),
    ("holder.birthDate", "2027-01-01", "impossible-date"),
    ("holder.identifiers.0.country", "NOR", "wrong-form"),
    ("holder.identifiers.0.value", "1 7", "wrong-form"),
    ("holder.identifiers.0.value", ..., "required"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "fault"), APPLICATION)
def test_a_wrong_field_of_an_application_is_named(
    server: AuthorityServer, path: str, value: object, fault: str
) -> None:
    body = changed(application_body(), path, value)

    answer = assert_nothing_changes(server, lambda: server.post("clara", "/v1/licenses", body))

    field, _, code = fault.rpartition(" ")
    assert_refused(answer, 422, "invalid-fields", (field or path, code))


DECISIONS = [
    ({}, "event", "required"),
    ({"event": "bless"}, "event", "unknown-value"),
    ({"event": 3}, "event", "required"),
    ({"event": "renew", "validUntil": "2035-01-01"}, "event", "unknown-value"),
    ({"event": "issue", "colour": "red"}, "colour", "unknown-field"),
    ({"event": "issue", "decidedOn": "2026-02-30"}, "decidedOn", "impossible-date"),
    ({"event": "suspend"}, "reasonCodes", "required"),
    ({"event": "suspend", "reasonCodes": []}, "reasonCodes", "wrong-count"),
    ({"event": "suspend", "reasonCodes": ["He drinks"]}, "reasonCodes.0", "wrong-form"),
    ({"event": "suspend", "reasonCodes": "unsafe"}, "reasonCodes", "wrong-type"),
    ({"event": "suspend", **BECAUSE, "interim": "perhaps"}, "interim", "wrong-type"),
    ({"event": "suspend", **BECAUSE, "until": "2026-03-01"}, "until", "before-effect"),
    ({"event": "suspend", **BECAUSE, "decidedOn": "2026-03-03"}, "decidedOn", "in-the-future"),
    ({"event": "suspend", **BECAUSE, "effectiveFrom": "2026-03-01T10:00:00"},
     "effectiveFrom", "impossible-instant"),
    ({"event": "suspend", **BECAUSE, "effectiveFrom": "2026-03-01T25:00:00Z"},
     "effectiveFrom", "impossible-instant"),
    ({"event": "suspend", **BECAUSE, "effectiveFrom": 1772445600}, "effectiveFrom", "wrong-type"),
    ({"event": "suspend", **BECAUSE, "effectiveFrom": "2025-12-31T10:00:00Z"},
     "effectiveFrom", "before-valid-from"),
    ({"event": "restrict", **BECAUSE}, "termCodes", "required"),
    ({"event": "restrict", **BECAUSE, "termCodes": ["a"], "kind": "grounding"},
     "kind", "unknown-value"),
    ({"event": "restrict", **BECAUSE, "termCodes": ["a"], "kind": "practice-ban"},
     "kind", "not-allowed"),
    ({"event": "restrict", **BECAUSE, "termCodes": ["a"], "kind": "warning"},
     "kind", "not-allowed"),
    ({"event": "lift"}, "encumbranceId", "required"),
    ({"event": "lift", "encumbranceId": "7"}, "encumbranceId", "wrong-form"),
    ({"event": "surrender", "reasonCodes": ["tired"]}, "reasonCodes", "surrender-reason"),
    ({"event": "revoke", **BECAUSE, "legalBasis": [BIDI]}, "legalBasis.0", "not-allowed"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "field", "code"), DECISIONS)
def test_a_wrong_field_of_a_decision_is_named(
    server: AuthorityServer, body: object, field: str, code: str
) -> None:
    path = server.issued()

    answer = assert_nothing_changes(server, lambda: server.decided("olga", path, body))

    assert_refused(answer, 422, "invalid-fields", (field, code))


@pytest.mark.parametrize(
    ("address", "body", "field", "code"),
    [
        ("renewals", {}, "validUntil", "required"),
        ("renewals", {"validUntil": None}, "validUntil", "impossible-date"),
        ("renewals", {"validUntil": "2030-12-31"}, "validUntil", "must-grow"),
        ("renewals", {"validUntil": "3500-12-31"}, "validUntil", "impossible-date"),
        ("corrections", {}, "body", "nothing-to-correct"),
        ("corrections", {"kind": "full"}, "kind", "unknown-field"),
        ("corrections", {"territories": [{"area": "SE"}]}, "territories", "unknown-field"),
        ("corrections", {"validUntil": "2035-01-01"}, "validUntil", "unknown-field"),
        ("corrections", {"number": ""}, "number", "wrong-form"),
        ("corrections", {"titles": []}, "titles", "wrong-count"),
        ("corrections", {"firstIssued": "2026-03-03"}, "firstIssued", "after-issue"),
        ("corrections", {"holder": {"names": []}}, "holder.names", "wrong-count"),
        ("corrections",
         {"holder": {"names": [{"given": "A", "family": BIDI}], "birthDate": "1988-05-17"}},
         "holder.names.0.family", "not-allowed"),
    ],
)  # fmt: skip
def test_a_wrong_field_of_a_renewal_or_correction_is_named(
    server: AuthorityServer, address: str, body: object, field: str, code: str
) -> None:
    path = server.issued()

    answer = assert_nothing_changes(
        server, lambda: server.post("olga", f"{path}/{address}", body, If_Match='"2"')
    )

    assert answer.status_code == 422
    found = [(one["field"], one["code"]) for one in answer.json()["errors"]]
    assert (field, code) in found
