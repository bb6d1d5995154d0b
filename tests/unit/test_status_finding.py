"""Which statement counts: the stapled one first, then the asked one, and none is never good."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from licenses.errors import Unavailable
from licenses.model.export import ExportedLicense
from licenses.model.reasons import Reason
from licenses.model.trust import Purpose, TrustedAuthority
from licenses.model.verdict import SealFinding, StatusFinding, StatusSource
from schema_ext.opening import open_sealed
from schema_ext.status_finding import StatusAsker, find_status
from schema_ext.status_token import sign_status
from tests.trust_samples import authority, signing_key, trusted
from tests.unit.carried_documents import NOW, Trust, content, exported, statement

R = Reason
OWN = exported()
OLD = {"as_of": NOW - timedelta(hours=3), "expires_at": NOW - timedelta(seconds=1)}


def finding(one: ExportedLicense = OWN) -> SealFinding:
    """Return the verified seal of a license."""
    return open_sealed(one.sealed, Trust())


def token(**fields: object) -> str:
    """Return the authority's statement about `OWN`, with other fields."""
    said = statement(OWN.content, OWN.sealed, **fields)
    return sign_status(said, signing_key(Purpose.STATUS))


def nobody(_: TrustedAuthority, __: str) -> str:
    """Stand for an authority that must not be asked."""
    raise AssertionError("nobody was to be asked")


def away(_: TrustedAuthority, __: str) -> str:
    """Stand for an authority that does not answer."""
    raise Unavailable("away")


def saying(answer: str | None) -> StatusAsker:
    """Stand for an authority that gives this answer."""
    return lambda _authority, _seal: answer


def found(stapled: str | None, ask: StatusAsker | None) -> StatusFinding:
    """Look for the statement about `OWN`."""
    return find_status(finding(), stapled, ask, now=NOW)


def test_a_fresh_stapled_statement_counts_and_nobody_is_asked() -> None:
    status = found(OWN.status_token, nobody)

    assert status == StatusFinding(
        source=StatusSource.STAPLED, reason=R.STATUS_STAPLED, statement=OWN.statement
    )


@pytest.mark.parametrize("stapled", [None, "old"])
def test_without_one_that_counts_the_authority_is_asked(stapled: str | None) -> None:
    status = found(token(**OLD) if stapled else None, saying(OWN.status_token))

    assert (status.source, status.reason) == (StatusSource.ASKED, R.STATUS_ASKED)
    assert status.statement == OWN.statement


def test_the_question_goes_to_the_address_of_the_trust_source_with_the_seals_id() -> None:
    asked: list[tuple[str, str]] = []

    def ask(whom: TrustedAuthority, seal_id: str) -> str:
        asked.append((whom.status_address, seal_id))
        return OWN.status_token

    found(None, ask)

    assert asked == [(authority().status_address, OWN.content.seal_id)]
    assert OWN.content.status_address not in asked[0]


FORGED: dict[str, tuple[Callable[[], str], Reason]] = {
    "about another seal": (lambda: token(seal_id="ab" * 16), R.STATUS_OTHER_SEAL),
    "about other bytes": (lambda: token(seal_sha256="ab" * 32), R.SEAL_NEVER_RECORDED),
    "by nobody": (lambda: OWN.status_token[:-4] + "AAAA", R.STATUS_SIGNATURE),
    "no token at all": (lambda: "x.y.z", R.STATUS_SIGNATURE),
    "empty": (lambda: "", R.STATUS_SIGNATURE),
    "by another authority": (
        lambda: token(authority_id="https://other.example/authority"),
        R.STATUS_SIGNATURE,
    ),
}


@pytest.mark.parametrize("case", FORGED)
def test_a_forged_stapled_statement_ends_the_search(case: str) -> None:
    make, reason = FORGED[case]

    status = found(make(), nobody)

    assert status == StatusFinding(source=StatusSource.NONE, reason=reason)


@pytest.mark.parametrize("case", FORGED)
def test_a_forged_answer_counts_no_more_than_none(case: str) -> None:
    make, reason = FORGED[case]

    assert found(None, saying(make())) == StatusFinding(source=StatusSource.NONE, reason=reason)


@pytest.mark.parametrize(
    ("stapled", "ask", "reason"),
    [
        (False, None, R.STATUS_NOT_ASKED),
        (True, None, R.STATUS_EXPIRED),
        (False, away, R.STATUS_UNREACHABLE),
        (True, away, R.STATUS_UNREACHABLE),
        (False, saying(None), R.SEAL_NEVER_RECORDED),
        (True, saying(None), R.SEAL_NEVER_RECORDED),
    ],
    ids=["offline", "old offline", "away", "old and away", "unknown", "old and unknown"],
)
def test_where_nothing_counts_the_finding_says_why(
    ask: StatusAsker | None, reason: Reason, *, stapled: bool
) -> None:
    status = found(token(**OLD) if stapled else None, ask)

    assert status == StatusFinding(source=StatusSource.NONE, reason=reason)


def test_an_old_answer_counts_no_more_than_an_old_stapled_one() -> None:
    assert found(None, saying(token(**OLD))).reason is R.STATUS_EXPIRED


def test_the_statement_of_a_real_neighbour_does_not_serve() -> None:
    neighbour = exported(content())

    assert found(neighbour.status_token, nobody).reason is R.STATUS_OTHER_SEAL


def test_a_status_key_that_was_lost_says_nothing() -> None:
    lost = authority(trusted(Purpose.SEAL), trusted(Purpose.STATUS, compromised_at=NOW))
    seal = open_sealed(OWN.sealed, Trust(lost))

    status = find_status(seal, OWN.status_token, None, now=NOW)

    assert status.reason is R.STATUS_SIGNATURE
