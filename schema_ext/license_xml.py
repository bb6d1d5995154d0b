"""Write a license as XML: stand-alone to be sealed, and in clear inside an ELMO document.

Both are canonical text, so the octets written here are the octets signed; reading them back is
`schema_ext.license_reader`, signing them `schema_ext.signing`. Every field of a `SealContent`
has its element, in the order of `xsd/license-1.0.xsd`. All prefixes are `lic:`, because other
readers of ELMO look elements up by their bare names.

Codes, days, numbers and ids cannot hold a character that XML escapes, and a URI none but `&`
(their patterns in `licenses.model.values`), so only texts pass through `escape_text`.
What an authority says alike in thousands of licenses (itself, a profession, titles, areas, laws)
is frozen, and its XML is kept as long as the very same value comes again; nothing of a holder is.
"""

import re
from base64 import b64encode
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Final, TypeVar

from licenses.model.license import Grant, Issuer, ScopeItem, SealContent, Speciality, Territory
from licenses.model.people import Person
from licenses.model.profession import Profession
from licenses.model.values import LocalizedText, ValidityPeriod
from schema_ext.canonical import escape_text
from schema_ext.license_reader import read_license, sealed_document
from schema_ext.namespaces import LIC, LIC_VERSION

__all__ = [
    "clear_license",
    "read_license",
    "sealed_document",
    "without_sealed",
    "write_license",
]

_START: Final = f'<lic:license xmlns:lic="{LIC}" version="{LIC_VERSION}">'
_END: Final = "</lic:license>"
_FLAGS: Final = {True: "true", False: "false"}
_PARTS_KEPT: Final = 1024
# Writing a day anew costs as much as all the rest of its element.
_day = lru_cache(_PARTS_KEPT)(date.isoformat)
_Part = TypeVar("_Part")
_SEALED_FIELD: Final = re.compile(
    rb"<lic:signedLicense>[^<]+</lic:signedLicense>(?=</lic:license>\Z)"
)


def _kept(write: Callable[[_Part], str]) -> Callable[[_Part], str]:
    """Return `write`, which remembers what it wrote for a value.

    A value is known again by what it is and not by what it says: to hash and compare all that an
    authority says takes longer than to write it.
    """
    written: dict[int, tuple[_Part, str]] = {}

    def remembered(part: _Part) -> str:
        found = written.get(id(part))
        # The value is kept with its text, so no other can have taken its id.
        if found is not None:
            return found[1]
        if len(written) >= _PARTS_KEPT:
            written.clear()
        text = write(part)
        written[id(part)] = part, text
        return text

    return remembered


def write_license(content: SealContent) -> bytes:
    """Return the stand-alone canonical license in UTF-8, without signature or XML declaration."""
    return f"{_START}{_fields(content)}{_END}".encode()


def clear_license(content: SealContent, sealed: bytes) -> str:
    """Return the license as it stands in an ELMO extension: its fields, and the sealed document.

    Args:
        content: what `sealed` says; the caller has it from there.
        sealed: the stand-alone document with its seal, octet for octet.
    """
    document = b64encode(sealed).decode()
    return f"{_START}{_fields(content)}<lic:signedLicense>{document}</lic:signedLicense>{_END}"


def without_sealed(clear: bytes) -> bytes | None:
    """Return the octets of a clear license without its `lic:signedLicense`, None without one.

    Args:
        clear: the `lic:license` element of an ELMO document in exclusive C14N.
    """
    rest, taken = _SEALED_FIELD.subn(b"", clear)
    return rest if taken == 1 else None


def _fields(content: SealContent) -> str:
    grant = content.grant
    return (
        f"<lic:licenseId>{_uri(content.license_id)}</lic:licenseId>"
        f"<lic:sealId>{content.seal_id}</lic:sealId>"
        f"<lic:recordVersion>{content.record_version}</lic:recordVersion>"
        f"{_issuer(content.issuer)}"
        f"{_holder(content.holder_id, content.holder)}"
        f"<lic:number>{grant.number}</lic:number>"
        f"{_profession(grant.profession)}"
        f"{_titles(grant.titles)}"
        f"<lic:kind>{grant.kind}</lic:kind>"
        f"<lic:jurisdiction>{grant.jurisdiction}</lic:jurisdiction>"
        f"{_territories(grant.territories)}"
        f"{_days(grant)}"
        f"<lic:recognition>{grant.recognition}</lic:recognition>"
        f"{_specialities(grant.specialities)}"
        f"{_scope(grant.scope)}"
        f"{_legal_basis(grant.legal_basis)}"
        f"<lic:statusAddress>{_uri(content.status_address)}</lic:statusAddress>"
    )


@_kept
def _issuer(issuer: Issuer) -> str:
    return (
        f"<lic:issuer><lic:id>{_uri(issuer.id)}</lic:id>"
        f"{_localized('name', issuer.names)}"
        f"<lic:country>{issuer.country}</lic:country>"
        f"<lic:url>{_uri(issuer.url)}</lic:url></lic:issuer>"
    )


def _holder(holder_id: str, person: Person) -> str:
    names = ""
    for name in person.names:
        names += (
            f'<lic:name type="{name.type}"><lic:given>{escape_text(name.given)}</lic:given>'
            f"<lic:family>{escape_text(name.family)}</lic:family></lic:name>"
        )
    return (
        f"<lic:holder><lic:id>{_uri(holder_id)}</lic:id>{names}"
        f"<lic:dateOfBirth>{person.birth_date.isoformat()}</lic:dateOfBirth></lic:holder>"
    )


@_kept
def _profession(profession: Profession) -> str:
    return (
        f"<lic:profession><lic:code>{profession.code}</lic:code>"
        f"{_localized('title', profession.titles)}"
        f"<lic:isco08>{profession.isco08}</lic:isco08>"
        f"<lic:protection>{profession.protection}</lic:protection>"
        f"<lic:sector>{profession.sector}</lic:sector>"
        f"{_optional('escoUri', profession.esco_uri)}"
        f"{_optional('annexV', profession.annex_v)}"
        f"{_optional('eqfLevel', profession.eqf_level)}"
        f"<lic:alertable>{_FLAGS[profession.alertable]}</lic:alertable>"
        f"{_legal_basis(profession.legal_basis)}</lic:profession>"
    )


@_kept
def _territories(territories: tuple[Territory, ...]) -> str:
    return "".join(map(_territory, territories))


def _territory(territory: Territory) -> str:
    until = "" if territory.until is None else f"<lic:until>{_day(territory.until)}</lic:until>"
    return (
        f"<lic:territory><lic:area>{territory.area}</lic:area>"
        f"<lic:mode>{territory.mode}</lic:mode>{until}</lic:territory>"
    )


def _days(grant: Grant) -> str:
    return (
        f"<lic:firstIssued>{_day(grant.first_issued)}</lic:firstIssued>"
        f"<lic:issued>{_day(grant.issued)}</lic:issued>"
        f"{_period(grant.period)}<lic:timeZone>{grant.time_zone}</lic:timeZone>"
    )


def _specialities(specialities: tuple[Speciality, ...]) -> str:
    return "".join(map(_speciality, specialities)) if specialities else ""


def _speciality(speciality: Speciality) -> str:
    return (
        f"<lic:speciality><lic:code>{speciality.code}</lic:code>"
        f"{_localized('title', speciality.titles)}{_period(speciality.period)}</lic:speciality>"
    )


def _scope(items: tuple[ScopeItem, ...]) -> str:
    return "".join(map(_scope_item, items)) if items else ""


def _scope_item(item: ScopeItem) -> str:
    return (
        f"<lic:scope><lic:activity>{item.activity}</lic:activity>"
        f"{_localized('title', item.titles)}"
        f"<lic:exclude>{_FLAGS[item.exclude]}</lic:exclude></lic:scope>"
    )


def _period(period: ValidityPeriod) -> str:
    starts = f"<lic:validFrom>{_day(period.starts)}</lic:validFrom>"
    if period.ends is None:
        return starts
    return f"{starts}<lic:validUntil>{_day(period.ends)}</lic:validUntil>"


@_kept
def _titles(titles: tuple[LocalizedText, ...]) -> str:
    return _localized("title", titles)


def _localized(name: str, texts: tuple[LocalizedText, ...]) -> str:
    return "".join(
        [
            f'<lic:{name} xml:lang="{entry.lang}">{escape_text(entry.text)}</lic:{name}>'
            for entry in texts
        ]
    )


@_kept
def _legal_basis(citations: tuple[str, ...]) -> str:
    return "".join([f"<lic:legalBasis>{escape_text(text)}</lic:legalBasis>" for text in citations])


def _optional(name: str, content: str | int | None) -> str:
    return "" if content is None else f"<lic:{name}>{_uri(str(content))}</lic:{name}>"


def _uri(uri: str) -> str:
    return uri.replace("&", "&amp;")
