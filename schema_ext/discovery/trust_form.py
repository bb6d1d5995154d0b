"""The payload of the trust file: its form in JSON, and the domain values it stands for.

Names are camelCase, instants RFC 3339 in UTC, mandate days local days, certificates base64 of
their DER. Every field is required except compromisedAt, a mandate's validUntil and a receiver's
elmo ("1.7" where it is absent, and absent where it is 1.7, so that older readers take the file).
No other field is tolerated: an operator's typing error must not silently take a right away or
give one.
"""

import base64
import binascii
from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from licenses.model.authority import Authority, MandateEntry
from licenses.model.trust import ElmoVersion, Purpose, TrustedAuthority, TrustedKey, TrustedSmp
from licenses.model.values import (
    AreaCode,
    Code,
    CountryCode,
    Instant,
    LocalizedText,
    Sha256Hex,
    Text,
    Uri,
    ValidityPeriod,
    Value,
)
from schema_ext.strict_json import JsonObject, write_object


class TrustContent(Value):
    """What a trust file says.

    `sequence` grows with every file, so that an older one is noticed; `expires` is when a reader
    stops trusting it.
    """

    sequence: Annotated[int, Field(ge=1)]
    issued: Instant
    expires: Instant
    authorities: tuple[TrustedAuthority, ...]
    smps: tuple[TrustedSmp, ...] = ()


class _Form(BaseModel):
    model_config = ConfigDict(
        strict=True, extra="forbid", alias_generator=to_camel, validate_by_name=True
    )


class _Name(_Form):
    lang: str
    text: str


class _Mandate(_Form):
    profession: Code
    territory: AreaCode
    valid_from: date
    valid_until: date | None = None

    @classmethod
    def of(cls, entry: MandateEntry) -> Self:
        return cls(
            profession=entry.profession,
            territory=entry.territory,
            valid_from=entry.period.starts,
            valid_until=entry.period.ends,
        )

    def entry(self) -> MandateEntry:
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise ValueError("a mandate ends before it begins")
        period = ValidityPeriod(starts=self.valid_from, ends=self.valid_until)
        return MandateEntry(profession=self.profession, territory=self.territory, period=period)


class _Key(_Form):
    purpose: Purpose
    kid: Sha256Hex
    certificate: Annotated[str, Field(max_length=20_000)]
    valid_from: Instant
    valid_until: Instant
    compromised_at: Instant | None = None

    @classmethod
    def of(cls, key: TrustedKey) -> Self:
        return cls(
            purpose=key.purpose,
            kid=key.kid,
            certificate=base64.b64encode(key.certificate).decode("ascii"),
            valid_from=key.valid_from,
            valid_until=key.valid_until,
            compromised_at=key.compromised_at,
        )

    def key(self) -> TrustedKey:
        try:
            der = base64.b64decode(self.certificate, validate=True)
        except (binascii.Error, ValueError):
            raise ValueError("a certificate is not base64") from None
        return TrustedKey(
            kid=self.kid,
            purpose=self.purpose,
            certificate=der,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            compromised_at=self.compromised_at,
        )


class _Authority(_Form):
    id: Uri
    names: list[_Name]
    country: CountryCode
    url: Uri
    time_zone: str
    mandate: list[_Mandate]
    keys: list[_Key]
    status_address: Uri

    @classmethod
    def of(cls, listed: TrustedAuthority) -> Self:
        who = listed.authority
        return cls(
            id=who.id,
            names=[_Name(lang=name.lang, text=name.text) for name in who.names],
            country=who.country,
            url=who.url,
            time_zone=who.time_zone,
            mandate=[_Mandate.of(entry) for entry in who.mandate],
            keys=[_Key.of(key) for key in sorted(listed.keys, key=lambda one: one.kid)],
            status_address=listed.status_address,
        )

    def authority(self) -> TrustedAuthority:
        who = Authority(
            id=self.id,
            names=tuple(LocalizedText(lang=name.lang, text=name.text) for name in self.names),
            country=self.country,
            url=self.url,
            time_zone=self.time_zone,
            mandate=tuple(entry.entry() for entry in self.mandate),
        )
        keys = tuple(key.key() for key in self.keys)
        return TrustedAuthority(authority=who, keys=keys, status_address=self.status_address)


class _Smp(_Form):
    name: Text
    country: CountryCode
    purpose: Text
    return_url_prefixes: list[Uri]
    elmo: Annotated[ElmoVersion, Field(exclude_if=lambda version: version is ElmoVersion.V1_7)] = (
        ElmoVersion.V1_7
    )

    @classmethod
    def of(cls, smp: TrustedSmp) -> Self:
        return cls(
            name=smp.name,
            country=smp.country,
            purpose=smp.purpose,
            return_url_prefixes=list(smp.return_url_prefixes),
            elmo=smp.elmo,
        )

    def smp(self) -> TrustedSmp:
        return TrustedSmp(
            name=self.name,
            country=self.country,
            purpose=self.purpose,
            return_url_prefixes=tuple(self.return_url_prefixes),
            elmo=self.elmo,
        )


class _Payload(_Form):
    sequence: int
    issued: Instant
    expires: Instant
    authorities: list[_Authority]
    smps: list[_Smp]


def payload_of(content: TrustContent) -> JsonObject:
    """Return the payload that says `content`; authorities, keys and receivers are sorted."""
    authorities = sorted(content.authorities, key=lambda one: one.authority.id)
    smps = sorted(content.smps, key=lambda one: (one.country, one.name))
    form = _Payload(
        sequence=content.sequence,
        issued=content.issued,
        expires=content.expires,
        authorities=[_Authority.of(listed) for listed in authorities],
        smps=[_Smp.of(smp) for smp in smps],
    )
    return form.model_dump(mode="json", by_alias=True, exclude_none=True)


def content_of(payload: JsonObject) -> TrustContent:
    """Return what `payload` says.

    Raises:
        ValueError: a field is missing, unknown or wrong (pydantic's ValidationError included).
    """
    form = _Payload.model_validate_json(write_object(payload))
    return TrustContent(
        sequence=form.sequence,
        issued=form.issued,
        expires=form.expires,
        authorities=tuple(listed.authority() for listed in form.authorities),
        smps=tuple(smp.smp() for smp in form.smps),
    )
