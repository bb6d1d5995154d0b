"""Find the person an application is about, or add them to the register.

Only an identifier finds somebody; a name never suffices, and without an identifier that is
known a new holder is made (design.md 3). A description that contradicts the one found is
refused, because one of the two is wrong and a clerk has to look.
"""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from licenses.errors import Conflict
from licenses.model.people import Holder, Person, PersonIdentifier, same_name
from licenses.ports import UnitOfWork
from licenses.services.case import fault

FIRST_BIRTH_YEAR = 1900


class Applicant(Person):
    """The person as an application describes them, with the identifiers they are found by."""

    identifiers: Annotated[tuple[PersonIdentifier, ...], Field(max_length=10)] = ()

    @property
    def person(self) -> Person:
        """Names and birth date alone."""
        return Person(names=self.names, birth_date=self.birth_date)


def check_person(person: Person, today: date) -> None:
    """Raise InvalidFields for a birth date nobody alive can have."""
    if not date(FIRST_BIRTH_YEAR, 1, 1) <= person.birth_date <= today:
        raise fault(
            "holder.birthDate", "impossible-date", "must be a day on which a holder can be born"
        )


def find_or_add(
    uow: UnitOfWork, authority_id: str, applicant: Applicant, today: date, new_id: UUID
) -> Holder:
    """Return the holder with one of the identifiers, else a new one under `new_id`.

    Identifiers the register did not know are added to the holder found.

    Raises:
        Conflict: the identifiers belong to different people.
        InvalidFields: the birth date is impossible, or the person found has another one or
            no name in common.
    """
    check_person(applicant, today)
    found = _found(uow, authority_id, applicant)
    if found is None:
        holder = Holder(
            authority_id=authority_id,
            holder_id=new_id,
            person=applicant.person,
            identifiers=applicant.identifiers,
        )
        uow.holders.add(holder)
        return holder
    _check_same(found.person, applicant)
    new = tuple(one for one in applicant.identifiers if one not in found.identifiers)
    if new:
        found = found.model_copy(update={"identifiers": (*found.identifiers, *new)})
        uow.holders.replace(found)
    return found


def _found(uow: UnitOfWork, authority_id: str, applicant: Applicant) -> Holder | None:
    found = [uow.holders.find(authority_id, one) for one in applicant.identifiers]
    people = {holder.holder_id: holder for holder in found if holder is not None}
    if len(people) > 1:
        raise Conflict("the identifiers belong to different holders")
    return next(iter(people.values()), None)


def _check_same(known: Person, described: Person) -> None:
    if known.birth_date != described.birth_date:
        raise fault(
            "holder.birthDate",
            "differs-from-register",
            "differs from the birth date the register holds for this identifier",
        )
    if not any(same_name(one, other) for one in known.names for other in described.names):
        raise fault(
            "holder.names",
            "differs-from-register",
            "has no name in common with the holder of this identifier",
        )
