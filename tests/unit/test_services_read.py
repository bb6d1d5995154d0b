"""Reading the register, asking for a status, and the tokens of actors."""

from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest

from licenses.errors import Conflict, NotAuthenticated, NotFound
from licenses.model.decision import Role
from licenses.model.license import Kind, ScopeItem, Territory
from licenses.model.lifecycle import Status
from licenses.model.register import AuditAction, LicenseFilter
from licenses.model.standing import Because, Level
from licenses.model.verdict import StatusStatement
from licenses.services.actors import authenticate, create_actor
from licenses.services.read_license import history_of, list_licenses, newest_seal, read_license
from licenses.services.rulings import Correct, Restrict, Revoke, Suspend
from licenses.services.status_query import status_of
from tests.desks import HEALTH, Desk, key_of
from tests.factories import texts

BECAUSE = ("unsafe-practice",)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def ask(desk: Desk, seal_id: str | None, at: datetime | None = None) -> StatusStatement:
    assert seal_id is not None
    return status_of(seal_id, desk.uow(), desk.clock if at is None else lambda: at)


def test_a_license_in_force_stands_in_full_for_a_day(desk: Desk) -> None:
    issued = desk.issued()

    statement = ask(desk, issued.seal_id)

    with desk.uow() as uow:
        seal = uow.seals.newest(key_of(issued))
    assert (statement.level, statement.because) == (Level.FULL, Because.IN_FORCE)
    assert statement.territories == ("NO",)
    assert statement.seal_sha256 == sha256(seal.document).hexdigest()
    assert statement.sealed_at == seal.sealed_at
    assert statement.expires_at - statement.as_of == timedelta(hours=24)
    assert statement.superseded_by is None


@pytest.mark.parametrize(
    ("ruling", "level", "because", "terms"),
    [
        (Restrict(reason_codes=BECAUSE, term_codes=("supervision.direct",)),
         Level.CONDITIONAL, Because.LIMITS, ("supervision.direct",)),
        (Suspend(reason_codes=BECAUSE), Level.NONE, Because.SUSPENDED, ()),
        (Revoke(reason_codes=BECAUSE), Level.NONE, Because.REVOKED, ()),
    ],
)  # fmt: skip
def test_a_measure_shows_in_the_next_answer(
    desk: Desk, ruling: Restrict, level: Level, because: Because, terms: tuple[str, ...]
) -> None:
    issued = desk.issued()
    desk.effective(issued, ruling)

    statement = ask(desk, issued.seal_id)

    assert (statement.level, statement.because, statement.term_codes) == (level, because, terms)


def test_a_limited_license_is_conditional_by_its_kind(desk: Desk) -> None:
    item = ScopeItem(activity="vaccination", titles=texts(nb="Vaksinering"))
    issued = desk.issued(kind=Kind.LIMITED, scope=(item,))

    assert ask(desk, issued.seal_id).term_codes == ("kind.limited",)


def test_an_older_seal_names_the_newer_one(desk: Desk) -> None:
    issued = desk.issued()
    corrected = desk.decide("olga", issued, Correct(number="HPR 9"))

    older, newer = ask(desk, issued.seal_id), ask(desk, corrected.seal_id)

    assert (older.superseded_by, older.record_version) == (corrected.seal_id, 1)
    assert (newer.superseded_by, newer.record_version) == (None, 2)
    assert older.seal_sha256 != newer.seal_sha256


def test_no_answer_outlives_the_last_valid_day(desk: Desk) -> None:
    issued = desk.issued(valid_until=date(2026, 3, 3))
    evening = datetime(2026, 3, 3, 20, 0, tzinfo=UTC)

    last = ask(desk, issued.seal_id, evening)
    after = ask(desk, issued.seal_id, last.expires_at)

    assert last.level is Level.FULL
    assert last.expires_at == datetime(2026, 3, 3, 23, 0, tzinfo=UTC)
    assert (after.level, after.because) == (Level.NONE, Because.EXPIRED)


def test_no_answer_outlives_a_suspension_that_is_to_come(desk: Desk) -> None:
    issued = desk.issued()
    begins = desk.clock.now + timedelta(hours=6)
    desk.effective(issued, Suspend(reason_codes=BECAUSE, effective_from=begins))

    assert ask(desk, issued.seal_id).expires_at == begins


def test_a_territory_that_has_ended_is_not_named(desk: Desk) -> None:
    areas = (Territory(area="NO"), Territory(area="NO-50", until=date(2026, 2, 1)))
    issued = desk.issued(territories=areas)

    assert ask(desk, issued.seal_id).territories == ("NO",)


@pytest.mark.parametrize("seal_id", ["0" * 32, "not-an-id", ""])
def test_a_seal_never_recorded_is_not_found(desk: Desk, seal_id: str) -> None:
    with pytest.raises(NotFound):
        ask(desk, seal_id)


def test_asking_for_a_status_writes_nothing(desk: Desk) -> None:
    issued = desk.issued()
    before = desk.stored()

    ask(desk, issued.seal_id)

    assert desk.stored() == before


def test_reading_a_license_is_audited_with_its_purpose(desk: Desk) -> None:
    issued = desk.issued()

    view = read_license(desk.office, desk.actors["clara"], key_of(issued), "api")

    assert view.holder.person.current_name.family == "Solberg"
    assert (view.status, view.standing.level) == (Status.ACTIVE, Level.FULL)
    with desk.uow() as uow:
        row = uow.audit.of(HEALTH)[-1]
    assert (row.actor, row.action, row.purpose) == ("clara", AuditAction.RECORD_READ, "api")
    assert row.subject == issued.license_id.urn


def test_lists_decisions_and_seals_are_audited_too(desk: Desk) -> None:
    issued = desk.issued()
    clara, key = desk.actors["clara"], key_of(issued)
    before = len(desk.store.kept.audit[HEALTH])

    list_licenses(desk.office, clara, LicenseFilter(), after=None, limit=10)
    history_of(desk.office, clara, key)
    newest_seal(desk.office, clara, key)

    actions = [row.action for row in desk.store.kept.audit[HEALTH][before:]]
    assert actions == [
        AuditAction.RECORD_READ, AuditAction.RECORD_READ, AuditAction.LICENSE_RELEASED,
    ]  # fmt: skip


def test_a_list_shows_the_status_of_now(desk: Desk) -> None:
    issued = desk.issued()
    desk.effective(issued, Suspend(reason_codes=BECAUSE))
    desk.apply(number="HPR 8")

    listing = list_licenses(
        desk.office, desk.actors["clara"], LicenseFilter(), after=None, limit=10
    )

    assert [entry.status for entry in listing.entries] == [Status.SUSPENDED, Status.PENDING]


def test_a_license_without_a_seal_has_none_to_fetch(desk: Desk) -> None:
    with pytest.raises(NotFound):
        newest_seal(desk.office, desk.actors["clara"], key_of(desk.apply()))


def test_another_authority_reads_nothing(desk: Desk) -> None:
    issued = desk.issued()
    alien, key = desk.actors["alien"], key_of(issued)
    before = desk.stored()

    for read in (history_of, newest_seal):
        with pytest.raises(NotFound):
            read(desk.office, alien, key)
    with pytest.raises(NotFound):
        read_license(desk.office, alien, key, "api")

    assert desk.stored() == before
    assert list_licenses(desk.office, alien, LicenseFilter(), after=None, limit=10).entries == ()


def test_a_token_is_known_and_only_its_digest_kept(desk: Desk) -> None:
    token = create_actor(desk.uow(), HEALTH, "ida", Role.OFFICER, clock=desk.clock)

    actor = authenticate(desk.uow(), token, desk.clock)

    assert (actor.actor_id, actor.role, actor.authority_id) == ("ida", Role.OFFICER, HEALTH)
    assert len(token) == 43
    assert token not in repr(desk.stored())


def test_each_token_is_another(desk: Desk) -> None:
    tokens = {
        create_actor(desk.uow(), HEALTH, f"clerk-{n}", Role.CLERK, clock=desk.clock)
        for n in range(5)
    }
    assert len(tokens) == 5


def test_a_token_whose_time_is_over_is_not_known(desk: Desk) -> None:
    until = desk.clock.now + timedelta(days=1)
    token = create_actor(desk.uow(), HEALTH, "ida", Role.CLERK, clock=desk.clock, expires=until)
    authenticate(desk.uow(), token, desk.clock)
    desk.clock.now = until

    with pytest.raises(NotAuthenticated):
        authenticate(desk.uow(), token, desk.clock)


def test_a_guessed_token_is_nobodys(desk: Desk) -> None:
    with pytest.raises(NotAuthenticated):
        authenticate(desk.uow(), "guess", desk.clock)


def test_an_actor_is_made_once_and_for_an_authority_that_exists(desk: Desk) -> None:
    before = desk.stored()

    with pytest.raises(Conflict):
        create_actor(desk.uow(), HEALTH, "clara", Role.CLERK, clock=desk.clock)
    with pytest.raises(NotFound):
        create_actor(desk.uow(), "https://no.example/a", "ida", Role.CLERK, clock=desk.clock)
    assert desk.stored() == before
