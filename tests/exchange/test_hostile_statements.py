"""A seal that is real, and a statement about it that is not, or none."""

# ruff: noqa: E501 - a table is read by its rows

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from api.demo.people import BJORN, KARI
from licenses.model.export import ExportedLicense
from licenses.model.reasons import Reason
from licenses.model.trust import Purpose
from schema_ext.signing.keys import InMemoryKey
from schema_ext.status_token import sign_status
from tests.exchange.forging import NORWAY, SWEDEN, Forge, posted
from tests.exchange.refusals import assert_refused
from tests.exchange.sites import NORTH, NOW, Session, Sites, expecting
from tests.exchange.test_hostile_seals import Make, changed, kari

R = Reason


# Statements. The seal is real in all of them.


def _stated(**fields: Any) -> Make:
    """State something else about Kari's seal, with Norway's real status key."""

    def make(forge: Forge) -> ExportedLicense:
        own = kari(forge)
        stated = own.statement.model_copy(update=fields)
        token = sign_status(stated, forge.key(NORWAY, Purpose.STATUS))
        return own.model_copy(update={"status_token": token})

    return make


def _stated_by(owner: str, purpose: Purpose) -> Make:
    def make(forge: Forge) -> ExportedLicense:
        own, key = kari(forge), forge.key(owner, purpose)
        as_status = InMemoryKey(key._private, key.certificate, Purpose.STATUS)
        return own.model_copy(update={"status_token": sign_status(own.statement, as_status)})

    return make


def _token(edit: Callable[[str], str]) -> Make:
    def make(forge: Forge) -> ExportedLicense:
        own = kari(forge)
        return own.model_copy(update={"status_token": edit(own.status_token)})

    return make


def _of_another_seal(forge: Forge) -> ExportedLicense:
    other = forge.exported(BJORN)[1]
    return kari(forge).model_copy(update={"status_token": other.status_token})


_WITHOUT_SIGNATURE = "eyJhbGciOiJub25lIn0."
_TOO_LONG = timedelta(hours=25)

STATEMENTS: dict[str, tuple[Make, Reason]] = {
    "of another seal": (_of_another_seal, R.STATUS_OTHER_SEAL),
    "of another document under the same id": (_stated(seal_sha256="ab" * 32), R.SEAL_NEVER_RECORDED),
    "of another authority's name": (_stated(authority_id="https://se-licenses.example/authority"), R.STATUS_SIGNATURE),
    "by another authority": (_stated_by(SWEDEN, Purpose.STATUS), R.STATUS_SIGNATURE),
    "by the seal key": (_stated_by(NORWAY, Purpose.SEAL), R.STATUS_SIGNATURE),
    "with a changed letter": (_token(lambda one: one[:-3] + ("A" if one[-3] != "A" else "B") + one[-2:]), R.STATUS_SIGNATURE),
    "with the algorithm none": (_token(lambda one: _WITHOUT_SIGNATURE + one.split(".")[1] + ".AAAA"), R.STATUS_SIGNATURE),
    "from the future": (_stated(as_of=NOW + timedelta(minutes=10), expires_at=NOW + timedelta(hours=2)), R.STATUS_SIGNATURE),
}  # fmt: skip


@pytest.mark.parametrize("case", STATEMENTS)
def test_no_hostile_statement_is_believed(sites: Sites, forge: Forge, case: str) -> None:
    make, reason = STATEMENTS[case]
    session = Session(sites, expecting(KARI))
    document = forge.signed(forge.canonical(session, [make(forge)]))

    verdict = assert_refused(session, posted(document), reason)

    assert verdict["licenses"][0]["standing"]["answer"] == "unknown"
    assert verdict["licenses"][0]["license"] is None


def _without_statement(canonical: bytes) -> bytes:
    start, end = canonical.index(b"<lic:status "), canonical.index(b"</lic:status>")
    return canonical[:start] + canonical[end + len(b"</lic:status>") :]


def test_a_seal_that_was_never_recorded_is_refused(sites: Sites, forge: Forge) -> None:
    session = Session(sites, expecting(KARI))
    invented = forge.sealed_anew(changed(kari(forge).content, seal_id="0a" * 16))
    canonical = _without_statement(forge.canonical(session, [invented]))

    assert_refused(session, posted(forge.signed(canonical)), R.SEAL_NEVER_RECORDED)


def test_a_license_sealed_again_under_a_recorded_id_is_refused(sites: Sites, forge: Forge) -> None:
    session = Session(sites, expecting(KARI))
    again = forge.sealed_anew(kari(forge).content)
    canonical = _without_statement(forge.canonical(session, [again]))

    assert_refused(session, posted(forge.signed(canonical)), R.SEAL_NEVER_RECORDED)


_EXPIRED = _stated(as_of=NOW - timedelta(hours=20), expires_at=NOW - timedelta(minutes=1))


def test_an_expired_statement_is_set_aside_and_the_authority_is_asked(
    sites: Sites, forge: Forge
) -> None:
    session = Session(sites, expecting(KARI))

    session.answered(posted(forge.signed(forge.canonical(session, [_EXPIRED(forge)]))))

    verdict = session.kept.verdict
    assert verdict is not None
    assert verdict.licenses[0].status_source == "asked"
    assert verdict.overall == "may-work"


@pytest.mark.parametrize("stapled", ["none", "expired"])
def test_where_nobody_answers_the_standing_is_unknown(
    sites: Sites, forge: Forge, monkeypatch: pytest.MonkeyPatch, stapled: str
) -> None:
    session = Session(sites, expecting(KARI))
    canonical = forge.canonical(session, [_EXPIRED(forge)])
    document = canonical if stapled == "expired" else _without_statement(canonical)
    elmo = posted(forge.signed(document))
    monkeypatch.delitem(sites.servers.by_origin, NORTH)

    verdict = assert_refused(session, elmo, R.STATUS_UNREACHABLE)

    assert verdict["licenses"][0]["standing"]["answer"] == "unknown"
