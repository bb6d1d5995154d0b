"""Every lint rule: the sample that keeps it, and one that breaks it."""

import unicodedata
from datetime import UTC, date, datetime

import pytest

from licenses.errors import LintFailed
from licenses.model.license import Kind, SealContent, Speciality, Territory, TerritoryMode
from licenses.model.values import ValidityPeriod
from schema_ext.license_xml import clear_license, write_license
from schema_ext.lint import lint
from schema_ext.lint_rules import CONTENT, FORM
from schema_ext.namespaces import DS
from tests.factories import (
    GrantFactory,
    IssuerFactory,
    PersonFactory,
    PersonNameFactory,
    SealContentFactory,
    texts,
)

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DUMMY = f'<ds:Signature xmlns:ds="{DS}"><ds:SignatureValue>AAAA</ds:SignatureValue></ds:Signature>'


def draft(grant: dict[str, object] | None = None, **changes: object) -> SealContent:
    name = PersonNameFactory.build(given="Zoë", family="Solberg")
    sound: dict[str, object] = {
        "holder": PersonFactory.build(names=(name,), birth_date=date(1985, 5, 17)),
        "grant": GrantFactory.build(**(grant or {})),
    }
    return SealContentFactory.build(**(sound | changes))


def born(day: date) -> SealContent:
    return draft(holder=PersonFactory.build(birth_date=day))


def speciality(starts: date, ends: date | None) -> SealContent:
    period = ValidityPeriod(starts=starts, ends=ends)
    item = Speciality(code="intensive-care", titles=texts(nb="Intensiv"), period=period)
    return draft(grant={"specialities": (item,)})


def territory(area: str, mode: TerritoryMode = TerritoryMode.HOME) -> SealContent:
    return draft(grant={"territories": (Territory(area=area, mode=mode),)})


def refused(octets: bytes) -> str:
    with pytest.raises(LintFailed) as caught:
        lint(octets, issued_at=NOW)
    return str(caught.value)


# One failing sample a rule over the content; the first of each is the least that breaks it.
CONTENT_BREAKS = [
    ("birth-ahead", born(date(2026, 3, 2))),
    ("holder-age", born(date(2005, 6, 21))),
    ("issued-ahead", draft(grant={"issued": date(2026, 3, 2)})),
    (
        "valid-before-issue",
        draft(grant={"period": ValidityPeriod(starts=date(2019, 6, 19))}),
    ),
    (
        "part-outlives-license",
        draft(grant={"territories": (Territory(area="NO", until=date(2032, 1, 1)),)}),
    ),
    ("part-outlives-license", speciality(date(2025, 1, 1), date(2032, 1, 1))),
    ("speciality-days", speciality(date(2025, 1, 2), date(2025, 1, 1))),
    ("area-code", draft(issuer=IssuerFactory.build(country="ZZ"))),
    ("area-code", territory("NO-99")),
    ("territory-unexplained", territory("SE")),
    ("language-tag", draft(issuer=IssuerFactory.build(names=texts(nb="A", xx="B")))),
    (
        "language-tag",
        draft(issuer=IssuerFactory.build(names=texts(**{"nb-NO": "A", "sr-Qqqq": "B"}))),
    ),
    ("language-twice", draft(grant={"titles": texts(nb="Sykepleier") * 2})),
    ("own-language", draft(grant={"titles": texts(en="Nurse")})),
    ("time-zone", draft(grant={"time_zone": "EST"})),
    ("time-zone", draft(grant={"time_zone": "Etc/GMT-1"})),
    ("status-address", draft(status_address="http://authority.example/v1/status/1")),
    ("status-address", draft(status_address="https://me:pw@authority.example/")),
    ("status-address", draft(status_address="https://authority.example/#top")),
    ("status-address", draft(status_address="https:///v1/status/1")),
    ("status-address", draft(status_address="https://authority.example:99999/")),
    ("seal-id", draft(seal_id="0" * 32)),
    ("uuid", draft(license_id="https://authority.example/licenses/1")),
    ("uuid", draft(holder_id="urn:uuid:1")),
    ("number-spaces", draft(grant={"number": "HPR  7"})),
]
# Neighbours of the samples above that keep every rule.
SOUND = {
    "plain": draft(),
    "born today, fourteen years before": born(date(2005, 6, 20)),
    "issued today, where it is tomorrow already": draft(
        grant={"issued": date(2026, 3, 2), "time_zone": "Pacific/Kiritimati"}
    ),
    "open end": draft(grant={"period": ValidityPeriod(starts=date(2024, 7, 1))}),
    "part that ends with the license": speciality(date(2025, 1, 1), date(2031, 12, 31)),
    "county": territory("NO-03"),
    "privilege abroad": territory("SE", TerritoryMode.PRIVILEGE),
    "service abroad": draft(
        grant={"kind": Kind.TEMPORARY_SERVICE, "territories": (Territory(area="SE"),)}
    ),
    "script and region": draft(
        issuer=IssuerFactory.build(names=texts(**{"nb": "A", "sr-Latn-RS": "B", "smj": "C"}))
    ),
    "Kosovo": draft(issuer=IssuerFactory.build(country="XK")),
    "loopback": draft(status_address="http://localhost:8001/v1/status/1"),
}
FORM_BREAKS = [
    ("canonical", lambda text: text.replace("<lic:kind>", "<lic:kind >")),
    ("canonical", lambda text: text.replace(">NO<", ">&#78;O<")),
    ("canonical", lambda text: text.replace("<lic:kind>", "<!-- c --><lic:kind>")),
    ("prefix", lambda text: text.replace("xmlns:lic", "xmlns:x").replace("lic:", "x:")),
    ("invisible-character", lambda text: text.replace("Solberg", "Sol\u200bberg")),
    ("invisible-character", lambda text: text.replace("Solberg", "\u202eSolberg")),
    ("invisible-character", lambda text: text.replace("Solberg", "Sol\u0085berg")),
    ("nfc", lambda text: unicodedata.normalize("NFD", text)),
]


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_draft_passes_with_and_without_its_dummy_signature(name: str) -> None:
    octets = write_license(SOUND[name])

    lint(octets, issued_at=NOW)
    lint(octets.replace(b"</lic:license>", f"{DUMMY}</lic:license>".encode()), issued_at=NOW)


@pytest.mark.parametrize(("code", "content"), CONTENT_BREAKS)
def test_a_draft_that_says_what_cannot_be_is_refused_by_its_rule(
    code: str, content: SealContent
) -> None:
    assert f"{code}: " in refused(write_license(content))


@pytest.mark.parametrize(("code", "spoil"), FORM_BREAKS)
def test_a_draft_of_the_wrong_form_is_refused_by_its_rule(code: str, spoil) -> None:  # type: ignore[no-untyped-def]
    text = write_license(draft()).decode()
    assert spoil(text) != text

    assert f"{code}: " in refused(spoil(text).encode())


@pytest.mark.parametrize(
    ("code", "octets"),
    [
        ("well-formed", b"<lic:license>"),
        ("schema", write_license(draft()).replace(b"<lic:kind>full", b"<lic:kind>royal")),
        ("model", write_license(draft()).replace(b'"current"', b'"former"')),
        ("model", clear_license(draft(), b"sealed").encode()),
    ],
)
def test_a_draft_that_we_could_not_read_ourselves_is_refused(code: str, octets: bytes) -> None:
    assert refused(octets).startswith(f"{code}: ")


def test_every_broken_rule_is_named_and_nothing_of_the_holder() -> None:
    name = PersonNameFactory.build(given="Ingrid", family="Solberg")
    young = PersonFactory.build(names=(name,), birth_date=date(2010, 1, 2))
    message = refused(write_license(draft(holder=young, seal_id="0" * 32)))

    assert "holder-age: " in message
    assert "seal-id: " in message
    assert "Solberg" not in message
    assert "2010" not in message


def test_every_rule_has_a_sample_that_breaks_it() -> None:
    tried = {code for code, _ in [*CONTENT_BREAKS, *FORM_BREAKS]}

    assert tried == {rule.code for rule in (*FORM, *CONTENT)}
