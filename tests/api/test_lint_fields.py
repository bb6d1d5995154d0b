"""A refusal of lint names the field that was sent, not the element nobody has seen."""

from typing import Any

import pytest

from api.lint_fields import APPLIED_FOR, CORRECTED, RENEWED, naming_fields
from api.schemas.decisions import CorrectionBody, RenewalBody
from api.schemas.licenses import ApplicationBody
from licenses.errors import FieldFault, LintFailed
from licenses.model.trust import Purpose
from schema_ext.license_xml import write_license
from schema_ext.lint import lint
from schema_ext.sealing import LicenseSealer
from tests.api.authority import AuthorityServer, application_body, holder_body
from tests.api.body_fields import fields_of
from tests.api.refusals import assert_nothing_changes, assert_refused
from tests.desks import HEALTH
from tests.trust_samples import signing_key
from tests.unit.lint_places import FIELDS
from tests.unit.lint_samples import MANDATE, NOW, PAIRS


def named(*places: str, table: dict[str, str]) -> list[str]:
    """Return the fields that stand for these places."""
    with pytest.raises(LintFailed) as caught, naming_fields(table):
        raise LintFailed("refused", *(FieldFault(place, "code", "why") for place in places))
    return [fault.field for fault in caught.value.faults]


@pytest.fixture
def server() -> AuthorityServer:
    return AuthorityServer(sealer=LicenseSealer({HEALTH: signing_key(Purpose.SEAL)}))


@pytest.mark.parametrize("code", PAIRS)
def test_every_rule_names_the_field_applied_for_or_else_the_element(code: str) -> None:
    with pytest.raises(LintFailed) as caught, naming_fields(APPLIED_FOR):
        lint(write_license(PAIRS[code].breaks), issued_at=NOW, mandate=MANDATE)

    found = [fault.field for fault in caught.value.faults if fault.code == code]
    assert found == [FIELDS[code]]


@pytest.mark.parametrize(
    ("table", "place", "field"),
    [
        (APPLIED_FOR, "license/scope[3]/title[2]", "scope.2.titles.1"),
        (APPLIED_FOR, "license/speciality/title[2]", "specialities.0.titles.1"),
        (APPLIED_FOR, "license/holder/name/given", "holder.names.0.given"),
        (APPLIED_FOR, "license/profession/legalBasis[1]", "profession"),
        (CORRECTED, "license/profession/title[2]", "professionTitles.1"),
        (CORRECTED, "license/profession/title", "professionTitles"),
        (CORRECTED, "license/legalBasis[1]", "licenseLegalBasis.0"),
        (CORRECTED, "license/territory[1]/area", "license/territory[1]/area"),
        (RENEWED, "license/validUntil", "validUntil"),
        (RENEWED, "license/number", "license/number"),
        (APPLIED_FOR, "license", "license"),
    ],
)
def test_a_place_is_named_in_the_words_of_the_body_that_was_sent(
    table: dict[str, str], place: str, field: str
) -> None:
    assert named(place, table=table) == [field]


def test_a_field_is_named_once_for_several_places_of_it() -> None:
    found = named("license/profession/title[1]", "license/profession/title[2]", table=APPLIED_FOR)

    assert found == ["profession"]


@pytest.mark.parametrize(
    ("body", "table"),
    [(ApplicationBody, APPLIED_FOR), (RenewalBody, RENEWED), (CorrectionBody, CORRECTED)],
)
def test_the_tables_name_fields_that_the_bodies_have(body: Any, table: dict[str, str]) -> None:
    known = {declared.path for declared in fields_of(body)}

    assert {field.replace("#", "0") for field in table.values()} <= known


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"number": "HPR  7"}, ("number", "number-spaces")),
        ({"titles": [{"lang": "nb", "text": "Sykepleier"}]}, ("titles", "own-language")),
        ({"territories": [{"area": "NO-99"}]}, ("territories.0.area", "area-code")),
        ({"kind": "specialist"}, ("specialities", "specialist-speciality")),
        ({"recognition": "partial-access"}, ("scope", "partial-access")),
        ({"legalBasis": ["§ 48", "§ 48"]}, ("legalBasis.1", "citation-twice")),
        ({"validUntil": "2099-01-01"}, ("validUntil", "ends-far-ahead")),
        ({"holder": holder_body(birthDate="2025-01-01")}, ("holder.birthDate", "holder-age")),
        (
            {"holder": holder_body(names=[{"given": "Ingrid 2", "family": "Solberg"}])},
            ("holder.names.0.given", "name-digit"),
        ),
    ],
)
def test_an_application_that_could_never_be_sealed_says_which_field_is_wrong(
    server: AuthorityServer, changed: dict[str, Any], wrong: tuple[str, str]
) -> None:
    sent = application_body(**changed)
    answer = assert_nothing_changes(server, lambda: server.post("clara", "/v1/licenses", sent))

    assert_refused(answer, 422, "lint-failed", wrong)


def test_a_correction_that_cannot_be_sealed_says_which_field_is_wrong(
    server: AuthorityServer,
) -> None:
    path = server.issued()
    sent = {"number": "000-0", "professionTitles": [{"lang": "nb", "text": "Sykepleier"}]}
    headers = {"If_Match": server.etag(path)}
    answer = assert_nothing_changes(
        server, lambda: server.post("olga", f"{path}/corrections", sent, **headers)
    )

    assert_refused(
        answer,
        422,
        "lint-failed",
        ("number", "number-placeholder"),
        ("professionTitles", "profession-own-language"),
    )


def test_a_renewal_that_cannot_be_sealed_says_which_field_is_wrong(server: AuthorityServer) -> None:
    path = server.issued()
    sent, headers = {"validUntil": "2099-01-01"}, {"If_Match": server.etag(path)}
    answer = server.post("olga", f"{path}/renewals", sent, **headers)

    assert_refused(answer, 422, "lint-failed", ("validUntil", "ends-far-ahead"))
