"""The list of data providers (`emps.json`) in the strict dialect EMREX gateways read.

One top level of exactly `countries` and `emps`, every field always there, nothing else anywhere:
the gateway of 2025 stops at start over a single field more. Refused beside the form is whatever
would make an existing client show or pick the wrong provider. The list is not signed inside (no
client would read it); how it is fetched and proven is left to the caller.
Source: registry.md 1.1-1.3.
"""

import json
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from licenses.errors import ConfigurationRefused
from licenses.model.trust import Purpose, TrustedKey, TrustedNcp
from licenses.model.values import CountryCode, Text, Uri, Value
from schema_ext.discovery.addresses import checked_address
from schema_ext.discovery.certificates import certificate_of_pem, checked_certificate, pem_of
from schema_ext.discovery.wording import first_fault
from schema_ext.signing.keys import kid_of
from schema_ext.strict_json import read_object, write_object

MAX_EMPS_OCTETS = 4 * 1024 * 1024
_PATH_SAFE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


class EmpsCountry(Value):
    """A country of the network.

    `single_fetch`: True where each institution has a provider of its own and the holder picks
    one, False where one provider serves the whole country.
    """

    code: CountryCode
    name: Text
    single_fetch: bool


class EmpsList(Value):
    """All countries and all providers of one list."""

    countries: tuple[EmpsCountry, ...]
    ncps: tuple[TrustedNcp, ...]

    def ncp_labelled(self, label: str) -> TrustedNcp | None:
        """Return the provider existing clients would find under `label`, or None."""
        return next((ncp for ncp in self.ncps if label_of(ncp) == label), None)


def label_of(ncp: TrustedNcp) -> str:
    """Return what clients know a provider by: its first institution, else its acronym."""
    return ncp.institutions[0] if ncp.institutions else ncp.acronym


class _Strict(BaseModel):
    model_config = ConfigDict(
        strict=True, extra="forbid", alias_generator=to_camel, validate_by_name=True
    )


class _Country(_Strict):
    country_code: CountryCode
    country_name: Text
    single_fetch: bool


class _Emp(_Strict):
    acronym: Text
    country_code: CountryCode
    institutions: Annotated[list[Text], Field(max_length=2000)]
    pub_key: Annotated[str, Field(max_length=20_000)]
    url: Uri

    @classmethod
    def of(cls, ncp: TrustedNcp) -> Self:
        return cls(
            acronym=ncp.acronym,
            country_code=ncp.country,
            institutions=list(ncp.institutions),
            pub_key=pem_of(ncp.key.certificate),
            url=ncp.url,
        )

    def ncp(self) -> TrustedNcp:
        der = certificate_of_pem(self.pub_key)
        certificate = checked_certificate(der, Purpose.NCP)
        key = TrustedKey(
            kid=kid_of(der),
            purpose=Purpose.NCP,
            certificate=der,
            valid_from=certificate.not_valid_before_utc,
            valid_until=certificate.not_valid_after_utc,
        )
        return TrustedNcp(
            acronym=self.acronym,
            country=self.country_code,
            institutions=tuple(self.institutions),
            url=self.url,
            key=key,
        )


class _File(_Strict):
    countries: list[_Country]
    emps: list[_Emp]


def read_emps(octets: bytes) -> EmpsList:
    """Return the providers of an `emps.json`, in its order.

    Whether a certificate is valid is judged at the time of each signature, so one provider that
    renewed too late does not take the whole list away.

    Raises:
        ConfigurationRefused: not the strict dialect, or a rule of `checked_list` is broken.
    """
    try:
        value = read_object(octets, limit=MAX_EMPS_OCTETS)
        file = _File.model_validate_json(write_object(value))
    except ValidationError as error:
        raise ConfigurationRefused(f"The list of providers: {first_fault(error)}.") from None
    except ValueError as error:
        raise ConfigurationRefused(f"The list of providers: {error}.") from None
    countries = tuple(
        EmpsCountry(code=one.country_code, name=one.country_name, single_fetch=one.single_fetch)
        for one in file.countries
    )
    return checked_list(EmpsList(countries=countries, ncps=tuple(emp.ncp() for emp in file.emps)))


def write_emps(emps: EmpsList) -> bytes:
    """Return `emps.json` for a list: sorted, UTF-8, the same octets for the same list.

    Raises:
        ConfigurationRefused: a rule of `checked_list` is broken, so no reader would take it.
    """
    checked_list(emps)
    countries = [
        _Country(country_code=one.code, country_name=one.name, single_fetch=one.single_fetch)
        for one in sorted(emps.countries, key=lambda one: one.code)
    ]
    listed = [
        _Emp.of(ncp) for ncp in sorted(emps.ncps, key=lambda one: (one.country, label_of(one)))
    ]
    for ncp in emps.ncps:
        checked_certificate(ncp.key.certificate, Purpose.NCP)
    file = _File(countries=countries, emps=listed).model_dump(mode="json", by_alias=True)
    return (json.dumps(file, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def checked_list(emps: EmpsList) -> EmpsList:
    """Return `emps` if every existing client would read it as it is meant (registry.md 1.3).

    Raises:
        ConfigurationRefused: a country or label or address twice, a provider of an unlisted
            country, a label that does not fit into a path, an address that is not https, or
            institutions that clients would show wrongly.
    """
    by_code = {country.code: country for country in emps.countries}
    _refuse_twice([one.code for one in emps.countries], "A country")
    _refuse_twice([label_of(ncp) for ncp in emps.ncps], "A provider's label")
    _refuse_twice([ncp.url for ncp in emps.ncps], "A provider's address")
    _refuse_twice(
        [
            ncp.country
            for ncp in emps.ncps
            if ncp.country in by_code and not by_code[ncp.country].single_fetch
        ],
        "A country served as a whole",
    )
    for ncp in emps.ncps:
        _check_provider(ncp, by_code.get(ncp.country))
    return emps


def _check_provider(ncp: TrustedNcp, country: EmpsCountry | None) -> None:
    if country is None:
        raise ConfigurationRefused("A provider names a country that the list does not have.")
    if not set(label_of(ncp)) <= _PATH_SAFE:
        raise ConfigurationRefused(
            "A provider's label may only have the letters A to Z, digits and - . _ ~."
        )
    if country.single_fetch and not ncp.institutions:
        raise ConfigurationRefused("A provider of one institution must name that institution.")
    if not country.single_fetch and ncp.institutions and ncp.institutions[0] != ncp.acronym:
        raise ConfigurationRefused(
            "A provider of a whole country must name its acronym as first institution, or none."
        )
    checked_address(ncp.url, "A provider's address")


def _refuse_twice(names: list[str], what: str) -> None:
    if len(set(names)) != len(names):
        raise ConfigurationRefused(f"{what} is listed twice.")
