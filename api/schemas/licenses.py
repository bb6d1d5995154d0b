"""The bodies about a license: what is applied for, and how a license is shown to its authority."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, ValidationInfo, field_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from api.schemas import examples
from api.schemas.base import Answer, Body
from licenses.model.encumbrance import Encumbrance
from licenses.model.license import (
    Grant,
    Kind,
    RecognitionBasis,
    ScopeItem,
    Speciality,
    Territory,
)
from licenses.model.lifecycle import Status
from licenses.model.people import Holder, PersonIdentifier, PersonName
from licenses.model.register import LicenseFilter, Receipt
from licenses.model.standing import Standing
from licenses.model.values import (
    AreaCode,
    Code,
    Instant,
    LocalizedText,
    PublicId,
    Text,
    ValidityPeriod,
)
from licenses.services.apply import Application
from licenses.services.people import Applicant
from licenses.services.read_license import Entry, LicenseView
from licenses.services.rulings import Titles

EXAMPLE_APPLICATION: JsonDict = {
    "number": "HPR 7000001",
    "profession": "sykepleier",
    "kind": "full",
    "territories": [{"area": "NO"}],
    "validFrom": "2026-01-01",
    "validUntil": "2030-12-31",
    "recognition": "national-training",
    "legalBasis": ["Helsepersonelloven § 48"],
    "holder": {
        "names": [{"given": "Ingrid Marie", "family": "Solberg"}],
        "birthDate": "1988-05-17",
        "identifiers": [{"country": "NO", "type": "national-id", "value": "17058800000"}],
    },
}


class NameBody(PersonName, Body):
    """A name of the holder."""


class IdentifierBody(PersonIdentifier, Body):
    """An identifier that finds the holder; kept encrypted, never shown again."""


class ApplicantBody(Applicant, Body):
    """Whom the license is for."""

    names: Annotated[tuple[NameBody, ...], Field(min_length=1, max_length=10)]
    identifiers: Annotated[tuple[IdentifierBody, ...], Field(max_length=10)] = ()


class TerritoryBody(Territory, Body):
    """An area the license gives a right in."""


class PeriodBody(ValidityPeriod, Body):
    """Local days, both included; `ends` null is open."""


class SpecialityBody(Speciality, Body):
    """A speciality held under the license."""

    titles: Titles
    period: PeriodBody


class ScopeItemBody(ScopeItem, Body):
    """An activity the license is confined to or, with `exclude`, does not cover."""

    titles: Titles


class ApplicationBody(Application, Body):
    """An application for a license."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_APPLICATION]})

    territories: Annotated[tuple[TerritoryBody, ...], Field(min_length=1, max_length=60)]
    specialities: Annotated[tuple[SpecialityBody, ...], Field(max_length=40)] = ()
    scope: Annotated[tuple[ScopeItemBody, ...], Field(max_length=40)] = ()
    holder: ApplicantBody

    @field_validator("valid_until", mode="after")
    @classmethod
    def _ends_after_start(cls, ends: date | None, info: ValidationInfo) -> date | None:
        starts = info.data.get("valid_from")
        if ends is not None and starts is not None and ends < starts:
            raise PydanticCustomError("ends_before_start", "must not lie before validFrom")
        return ends


class ReceiptAnswer(Receipt, Answer):
    """What a write did: effective, or proposed and waiting for a second officer."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.RECEIPT]})


class StandingAnswer(Standing, Answer):
    """How far the license stands in its own territory."""


class EncumbranceAnswer(Encumbrance, Answer):
    """A measure that has not been lifted."""


class ProfessionAnswer(Answer):
    """The profession as the license states it."""

    code: Code
    titles: tuple[LocalizedText, ...]
    isco08: str


class TerritoryAnswer(Territory, Answer):
    """An area the license gives a right in."""


class PeriodAnswer(ValidityPeriod, Answer):
    """Local days, both included."""


class SpecialityAnswer(Speciality, Answer):
    """A speciality held under the license."""

    period: PeriodAnswer


class ScopeItemAnswer(ScopeItem, Answer):
    """An activity in or out of the license's scope."""


class GrantAnswer(Answer):
    """What is granted, in the words of the application."""

    number: Text
    profession: ProfessionAnswer
    titles: tuple[LocalizedText, ...]
    kind: Kind
    jurisdiction: AreaCode
    territories: tuple[TerritoryAnswer, ...]
    first_issued: date
    issued: date
    valid_from: date
    valid_until: date | None
    time_zone: str
    recognition: RecognitionBasis
    specialities: tuple[SpecialityAnswer, ...]
    scope: tuple[ScopeItemAnswer, ...]
    legal_basis: tuple[Text, ...]

    @classmethod
    def of_grant(cls, grant: Grant) -> "GrantAnswer":
        """Return the grant as an application names its fields."""
        return cls.of(grant, valid_from=grant.period.starts, valid_until=grant.period.ends)


class NameAnswer(PersonName, Answer):
    """A name of the holder."""


class HolderAnswer(Answer):
    """The holder, without identifiers."""

    holder_id: UUID
    names: tuple[NameAnswer, ...]
    birth_date: date

    @classmethod
    def of_holder(cls, holder: Holder) -> "HolderAnswer":
        """Return names and birth date of the holder."""
        return cls.of(holder.person, holder_id=holder.holder_id)


class LicenseAnswer(Answer):
    """A license as its authority sees it now."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.LICENSE]})

    license_id: UUID
    uri: str
    status: Status
    status_since: Instant
    standing: StandingAnswer
    version: int
    record_version: int
    seal_id: PublicId | None
    grant: GrantAnswer
    encumbrances: tuple[EncumbranceAnswer, ...]
    holder: HolderAnswer

    @classmethod
    def of_view(cls, view: LicenseView) -> "LicenseAnswer":
        """Return what the authority has read."""
        record, state = view.record, view.state
        return cls(
            license_id=record.key.license_id,
            uri=record.uri,
            status=view.status,
            status_since=state.status_since,
            standing=StandingAnswer.of(view.standing),
            version=record.version,
            record_version=record.record_version,
            seal_id=record.seal_id,
            grant=GrantAnswer.of_grant(state.grant),
            encumbrances=tuple(EncumbranceAnswer.of(one) for one in state.encumbrances),
            holder=HolderAnswer.of_holder(view.holder),
        )


class ListQuery(LicenseFilter, Body):
    """What a list is narrowed to, where it goes on, and how many it shows."""

    cursor: Annotated[str | None, Field(max_length=200)] = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class EntryAnswer(Answer):
    """A license in a list; the holder is an id here."""

    license_id: UUID
    number: Text
    profession: Code
    kind: Kind
    status: Status
    valid_from: date
    valid_until: date | None
    holder_id: UUID
    version: int

    @classmethod
    def of_entry(cls, entry: Entry) -> "EntryAnswer":
        """Return one line of the list."""
        record, grant = entry.record, entry.state.grant
        return cls(
            license_id=record.key.license_id,
            number=grant.number,
            profession=grant.profession.code,
            kind=grant.kind,
            status=entry.status,
            valid_from=grant.period.starts,
            valid_until=grant.period.ends,
            holder_id=record.holder_id,
            version=record.version,
        )


class ListAnswer(Answer):
    """One page of licenses; `nextCursor` asks for the next one, null on the last."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.LISTED]})

    licenses: tuple[EntryAnswer, ...]
    next_cursor: str | None
