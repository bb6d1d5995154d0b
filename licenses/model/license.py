"""The license: what is granted (`Grant`), and what a seal says of it (`SealContent`).

A grant holds public facts only and neither status nor encumbrance: those change without a new
seal and are asked (design.md 4, 7). Who holds it stands beside it, so that a person can be
erased and the decisions still replay.
"""

from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, StringConstraints, field_validator, model_validator

from licenses.model.authority import lies_in
from licenses.model.people import Person
from licenses.model.profession import Profession
from licenses.model.values import (
    AreaCode,
    Code,
    CountryCode,
    LocalizedText,
    PublicId,
    Text,
    Uri,
    ValidityPeriod,
    Value,
)

LicenseNumber = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9](?:[A-Za-z0-9 ./-]{0,38}[A-Za-z0-9])?$")
]
"""A number as printed, 1 to 40 characters; compared by `values.comparable_number`."""


class Kind(StrEnum):
    """What sort of right the license gives; decides how far it can stand (design.md 3)."""

    FULL = "full"
    SPECIALIST = "specialist"
    PROVISIONAL = "provisional"
    LIMITED = "limited"
    TEMPORARY_SERVICE = "temporary-service"
    TRAINING = "training"
    STUDENT = "student"
    NON_PRACTISING = "non-practising"
    PRIVILEGE = "privilege"


class RecognitionBasis(StrEnum):
    """The ground on which the qualification was accepted (domain.md 1)."""

    NATIONAL_TRAINING = "national-training"
    AUTOMATIC_ANNEX_V = "automatic-annex-v"
    ACQUIRED_RIGHTS = "acquired-rights"
    GENERAL_SYSTEM = "general-system"
    GENERAL_SYSTEM_APTITUDE_TEST = "general-system.aptitude-test"
    GENERAL_SYSTEM_ADAPTATION_PERIOD = "general-system.adaptation-period"
    EXPERIENCE_ANNEX_IV = "experience-annex-iv"
    COMMON_TRAINING_FRAMEWORK = "common-training-framework"
    EPC = "epc"
    PARTIAL_ACCESS = "partial-access"
    TEMPORARY_DECLARATION = "temporary-declaration"
    MUTUAL_AGREEMENT = "mutual-agreement"
    COMPACT_PRIVILEGE = "compact-privilege"
    THIRD_COUNTRY = "third-country"


class TerritoryMode(StrEnum):
    """Why a territory is covered."""

    HOME = "home"
    MULTISTATE = "multistate"
    PRIVILEGE = "privilege"
    TEMPORARY = "temporary"


class Territory(Value):
    """One area the license gives a right in; `until` is its last local day, None open."""

    area: AreaCode
    mode: TerritoryMode = TerritoryMode.HOME
    until: date | None = None


class Speciality(Value):
    """A speciality held under the license, with its days."""

    code: Code
    titles: Annotated[tuple[LocalizedText, ...], Field(min_length=1)]
    period: ValidityPeriod


class ScopeItem(Value):
    """An activity the license is confined to, or with `exclude` one it does not cover."""

    activity: Code
    titles: Annotated[tuple[LocalizedText, ...], Field(min_length=1)]
    exclude: bool = False


class Grant(Value):
    """What an authority grants: the public content of a license, holder and status apart.

    `period` are the local days it is valid in `time_zone`; `titles` the title as printed, the
    authority's own language first.
    """

    number: LicenseNumber
    profession: Profession
    titles: Annotated[tuple[LocalizedText, ...], Field(min_length=1, max_length=20)]
    kind: Kind
    jurisdiction: AreaCode
    territories: Annotated[tuple[Territory, ...], Field(min_length=1, max_length=60)]
    first_issued: date
    issued: date
    period: ValidityPeriod
    time_zone: str
    recognition: RecognitionBasis
    specialities: Annotated[tuple[Speciality, ...], Field(max_length=40)] = ()
    scope: Annotated[tuple[ScopeItem, ...], Field(max_length=40)] = ()
    legal_basis: Annotated[tuple[Text, ...], Field(max_length=20)] = ()

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone not in _known_zones():
            raise ValueError("must be a time zone of the IANA list, such as Europe/Oslo")
        return zone

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.period.ends is not None and self.period.ends < self.period.starts:
            raise ValueError("validUntil must not lie before validFrom")
        if self.issued < self.first_issued:
            raise ValueError("issued must not lie before firstIssued")
        if self.kind is Kind.LIMITED and not self.scope:
            raise ValueError("a limited license needs a scope")
        return self

    def local_day(self, moment: datetime) -> date:
        """Return the calendar day of `moment` where the license counts its days."""
        return moment.astimezone(ZoneInfo(self.time_zone)).date()

    def gives_right_in(self, area: str, day: date) -> bool:
        """Say whether a territory of the license covers `area` on that local day."""
        return any(lies_in(area, own) for own in self.areas_open(day))

    def areas_open(self, day: date) -> tuple[str, ...]:
        """Return the areas of the license whose last local day has not passed on `day`."""
        return tuple(one.area for one in self.territories if one.until is None or day <= one.until)

    def covers_activity(self, activity: str) -> bool:
        """Say whether the scope covers an activity; exclusions take away in any case."""
        excluded = {item.activity for item in self.scope if item.exclude}
        included = {item.activity for item in self.scope if not item.exclude}
        return activity not in excluded and (not included or activity in included)


class Issuer(Value):
    """The authority as a seal names it."""

    id: Uri
    names: Annotated[tuple[LocalizedText, ...], Field(min_length=1)]
    country: CountryCode
    url: Uri


class SealContent(Value):
    """Everything one seal covers; the domain twin of a stand-alone `lic:license`.

    `license_id` is permanent (urn:uuid), `seal_id` names this very seal, `record_version`
    counts the seals of the license from 1, `status_address` is where the issuer says its
    standing can be asked (a verifier takes the address from its trust source instead).
    """

    license_id: Uri
    seal_id: PublicId
    record_version: Annotated[int, Field(ge=1)]
    issuer: Issuer
    holder_id: Uri
    holder: Person
    grant: Grant
    status_address: Uri


@cache
def _known_zones() -> frozenset[str]:
    """Read the IANA list once: it is a walk over a thousand files, 20 ms each time."""
    return frozenset(available_timezones())
