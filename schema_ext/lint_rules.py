"""The rules a license must keep before it is sealed and that its XML schema cannot say.

Each has a stable code, a sentence for the clerk, and a check that returns True where the rule is
broken. `FORM` looks at the octets, `CONTENT` at what they say. Whether the authority may grant
the license at all (its mandate) is decided by the services before a draft is written.

Code lists are those of `pycountry` (ISO 3166, 639, 15924) and the IANA time zones.
"""

import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Final, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

import pycountry
from lxml import etree

from licenses.model.authority import lies_in
from licenses.model.license import Grant, Kind, SealContent, TerritoryMode
from licenses.model.values import LocalizedText
from schema_ext.namespaces import LIC

LEAST_AGE: Final = 14
"""Completed years: nobody is licensed younger, so a later birth date is a typing error."""

_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_ABROAD: Final = frozenset({Kind.PRIVILEGE, Kind.TEMPORARY_SERVICE})
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
# Kosovo has no code in ISO 3166; XK is the one the EU and its neighbours use.
_OTHER_COUNTRIES: Final = frozenset({"XK"})


class FormRule(NamedTuple):
    """A rule over the octets and their tree."""

    code: str
    sentence: str
    is_broken: Callable[[bytes, etree._Element], bool]


class ContentRule(NamedTuple):
    """A rule over what a license says, sealed at an instant."""

    code: str
    sentence: str
    is_broken: Callable[[SealContent, datetime], bool]


def _not_canonical(octets: bytes, root: etree._Element) -> bool:
    return etree.tostring(root, method="c14n", exclusive=True, with_comments=False) != octets


def _other_prefix(_octets: bytes, root: etree._Element) -> bool:
    return any(element.prefix != "lic" for element in root.iter(f"{{{LIC}}}*"))


def _invisible(octets: bytes, _root: etree._Element) -> bool:
    text = octets.decode()
    # Nearly every document is printable as a whole; spaces of other widths need the second look.
    return not text.isprintable() and any(unicodedata.category(c) in _INVISIBLE for c in text)


def _not_nfc(octets: bytes, _root: etree._Element) -> bool:
    return not unicodedata.is_normalized("NFC", octets.decode())


FORM: Final = (
    FormRule("canonical", "The draft is not in canonical form.", _not_canonical),
    FormRule("prefix", "An element of the license lacks the prefix lic.", _other_prefix),
    FormRule(
        "invisible-character",
        "A text holds a control, direction or invisible character.",
        _invisible,
    ),
    FormRule("nfc", "A text is not in Unicode Normalization Form C.", _not_nfc),
)


def _born_ahead(content: SealContent, at: datetime) -> bool:
    return content.holder.birth_date > content.grant.local_day(at)


def _too_young(content: SealContent, _at: datetime) -> bool:
    return _years(content.holder.birth_date, content.grant.first_issued) < LEAST_AGE


def _years(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _issued_ahead(content: SealContent, at: datetime) -> bool:
    return content.grant.issued > content.grant.local_day(at)


def _valid_before_issue(content: SealContent, _at: datetime) -> bool:
    return content.grant.period.starts < content.grant.first_issued


def _part_outlives(content: SealContent, _at: datetime) -> bool:
    ends = content.grant.period.ends
    parts = [territory.until for territory in content.grant.territories]
    parts += [speciality.period.ends for speciality in content.grant.specialities]
    return ends is not None and any(until is not None and until > ends for until in parts)


def _speciality_backwards(content: SealContent, _at: datetime) -> bool:
    periods = [speciality.period for speciality in content.grant.specialities]
    return any(period.is_over(period.starts) for period in periods)


def _unknown_area(content: SealContent, _at: datetime) -> bool:
    grant = content.grant
    areas = {content.issuer.country, grant.jurisdiction}
    areas.update(territory.area for territory in grant.territories)
    return not all(map(_is_area, areas))


def _is_area(code: str) -> bool:
    if "-" in code:
        return pycountry.subdivisions.get(code=code) is not None
    return code in _OTHER_COUNTRIES or pycountry.countries.get(alpha_2=code) is not None


def _unexplained_territory(content: SealContent, _at: datetime) -> bool:
    grant = content.grant
    return grant.kind not in _ABROAD and any(
        not lies_in(territory.area, grant.jurisdiction)
        and not lies_in(grant.jurisdiction, territory.area)
        for territory in grant.territories
        if territory.mode is TerritoryMode.HOME
    )


def _unknown_language(content: SealContent, _at: datetime) -> bool:
    return not all(_is_language(text.lang) for texts in _localized(content) for text in texts)


def _is_language(tag: str) -> bool:
    """Say whether language, script and region of a tag are in their lists (RFC 5646, 2.2)."""
    language, *subtags = tag.split("-")
    if len(language) == 2:
        known = pycountry.languages.get(alpha_2=language)
    else:
        known = pycountry.languages.get(alpha_3=language)
    return known is not None and all(map(_is_subtag, subtags))


def _is_subtag(subtag: str) -> bool:
    match len(subtag):
        case 4:
            return pycountry.scripts.get(alpha_4=subtag.title()) is not None
        case 2:
            return pycountry.countries.get(alpha_2=subtag.upper()) is not None
        case _:
            return subtag.isdigit() or len(subtag) >= 5


def _language_twice(content: SealContent, _at: datetime) -> bool:
    return any(len({text.lang for text in texts}) < len(texts) for texts in _localized(content))


def _no_own_language(content: SealContent, _at: datetime) -> bool:
    own = content.issuer.names[0].lang
    return all(title.lang != own for title in content.grant.titles)


def _localized(content: SealContent) -> Iterator[tuple[LocalizedText, ...]]:
    grant: Grant = content.grant
    yield content.issuer.names
    yield grant.titles
    yield grant.profession.titles
    yield from (speciality.titles for speciality in grant.specialities)
    yield from (item.titles for item in grant.scope)


def _no_place(content: SealContent, _at: datetime) -> bool:
    zone = content.grant.time_zone
    return zone != "UTC" and ("/" not in zone or zone.startswith("Etc/"))


def _unsafe_address(content: SealContent, _at: datetime) -> bool:
    try:
        address = urlsplit(content.status_address)
        host, _port = address.hostname, address.port
    except ValueError:
        return True
    safe = address.scheme == "https" or (address.scheme == "http" and host in _LOOPBACK)
    return not safe or not host or address.username is not None or bool(address.fragment)


def _zero_seal(content: SealContent, _at: datetime) -> bool:
    return not content.seal_id.strip("0")


def _no_uuid(content: SealContent, _at: datetime) -> bool:
    return not all(map(_is_uuid_urn, (content.license_id, content.holder_id)))


def _is_uuid_urn(name: str) -> bool:
    try:
        return UUID(name).urn == name
    except ValueError:
        return False


def _two_spaces(content: SealContent, _at: datetime) -> bool:
    return "  " in content.grant.number


CONTENT: Final = (
    ContentRule("birth-ahead", "The holder is not born yet.", _born_ahead),
    ContentRule(
        "holder-age",
        f"The holder was younger than {LEAST_AGE} years at the first issue.",
        _too_young,
    ),
    ContentRule("issued-ahead", "The day of issue has not come yet.", _issued_ahead),
    ContentRule(
        "valid-before-issue",
        "The license is valid before it was issued for the first time.",
        _valid_before_issue,
    ),
    ContentRule(
        "part-outlives-license",
        "A territory or speciality lasts longer than the license.",
        _part_outlives,
    ),
    ContentRule("speciality-days", "A speciality ends before it begins.", _speciality_backwards),
    ContentRule("area-code", "A country or area is not in the lists of ISO 3166.", _unknown_area),
    ContentRule(
        "territory-unexplained",
        "A home territory lies outside the jurisdiction, and the kind does not explain it.",
        _unexplained_territory,
    ),
    ContentRule("language-tag", "A language is not in the lists of ISO 639.", _unknown_language),
    ContentRule("language-twice", "A text is given twice in one language.", _language_twice),
    ContentRule(
        "own-language", "The title is missing in the language of the authority.", _no_own_language
    ),
    ContentRule("time-zone", "The time zone does not name a place.", _no_place),
    ContentRule(
        "status-address",
        "The status address is not https, or holds a user name or a fragment.",
        _unsafe_address,
    ),
    ContentRule("seal-id", "The seal id is all zeros.", _zero_seal),
    ContentRule("uuid", "The id of license or holder is not a urn:uuid.", _no_uuid),
    ContentRule("number-spaces", "The number has two spaces in a row.", _two_spaces),
)
