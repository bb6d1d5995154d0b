"""Rulings as tests ask for them, and what a refusal must leave behind."""

from collections.abc import Callable
from datetime import date

import pytest

from licenses.errors import (
    LicensingError,
)
from licenses.model.people import Person, PersonName
from licenses.services.rulings import (
    Correct,
    Renew,
    Restrict,
    Revoke,
    Surrender,
    Suspend,
)
from tests.desks import HEALTH, Desk

BECAUSE = ("unsafe-practice",)
LIMIT = Restrict(reason_codes=BECAUSE, term_codes=("supervision.direct",))
BAN = Suspend(reason_codes=BECAUSE)
REVOKE = Revoke(reason_codes=BECAUSE)
VOLUNTARY = Surrender(reason_codes=("voluntary",))
IN_LIEU = Surrender(reason_codes=("in-lieu-of-discipline",))
RENEW = Renew(valid_until=date(2035, 12, 31))
NUMBER = Correct(number="HPR 9")
NAME = Correct(
    holder=Person(names=(PersonName(given="Ingrid", family="Berg"),), birth_date=date(1988, 5, 17))
)


def assert_nothing_changes(
    desk: Desk, kind: type[LicensingError], act: Callable[[], object]
) -> None:
    """Check that `act` is refused with exactly this error, and that nothing kept has changed."""
    before = desk.stored()
    with pytest.raises(kind) as caught:
        act()
    assert type(caught.value) is kind
    assert desk.stored() == before


def end_mandate(desk: Desk) -> None:
    """Take every mandate of the authority away."""
    with desk.uow() as uow:
        authority = uow.authorities.get(HEALTH)
        uow.authorities.put(authority.model_copy(update={"mandate": ()}))
        uow.commit()
