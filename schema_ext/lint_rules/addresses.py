"""Rules over addresses and ids: what will be asked, and what will be found by them."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import SplitResult, urlsplit
from uuid import UUID

from schema_ext.lint_rules.rule import ContentRule, Draft, again, at

_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def _unsafe_address(draft: Draft) -> bool:
    address = _split(draft.content.status_address)
    if address is None:
        return True
    host = address.hostname
    safe = address.scheme == "https" or (address.scheme == "http" and host in _LOOPBACK)
    return not safe or not host or address.username is not None or bool(address.fragment)


def _address_of_another_seal(draft: Draft) -> bool:
    return draft.content.seal_id not in draft.content.status_address


def _no_site(draft: Draft) -> bool:
    site = _split(draft.content.issuer.url)
    if site is None or site.scheme not in ("https", "http"):
        return True
    return not site.hostname or site.username is not None


def _bare_ip(draft: Draft) -> Iterator[str]:
    asked, site = _split(draft.content.status_address), _split(draft.content.issuer.url)
    for path, address in (("issuer/url", site), ("statusAddress", asked)):
        if address is not None and _is_bare_ip(address.hostname):
            yield path


def _is_bare_ip(host: str | None) -> bool:
    """Say so of IPv6, and of whatever ends as IPv4: no top-level domain is made of digits."""
    if not host or host in _LOOPBACK:
        return False
    return ":" in host or host.rpartition(".")[2].isdigit()


def _split(uri: str) -> SplitResult | None:
    """Return the parts of an address; None if host or port cannot be read."""
    try:
        address = urlsplit(uri)
        _host, _port = address.hostname, address.port
    except ValueError:
        return None
    return address


def _zero_seal(draft: Draft) -> bool:
    return not draft.content.seal_id.strip("0")


def _no_uuid(draft: Draft) -> Iterator[str]:
    return (path for path, name in _ids(draft) if not _is_uuid_urn(name))


def _is_uuid_urn(name: str) -> bool:
    try:
        return UUID(name).urn == name
    except ValueError:
        return False


def _nil_uuid(draft: Draft) -> Iterator[str]:
    return (path for path, name in _ids(draft) if name == UUID(int=0).urn)


def _one_id_for_two(draft: Draft) -> Iterator[str]:
    return again(_ids(draft))


def _ids(draft: Draft) -> Iterator[tuple[str, str]]:
    yield "licenseId", draft.content.license_id
    yield "holder/id", draft.content.holder_id


RULES: Final = (
    ContentRule(
        "status-address",
        "The status address is not https, or holds a user name or a fragment.",
        at("statusAddress", _unsafe_address),
    ),
    ContentRule(
        "status-seal",
        "The status address does not name this seal.",
        at("statusAddress", _address_of_another_seal),
    ),
    ContentRule(
        "issuer-url",
        "The site of the authority is not an address of the web.",
        at("issuer/url", _no_site),
    ),
    ContentRule("address-ip", "An address names a number of a computer, not a host.", _bare_ip),
    ContentRule("seal-id", "The seal id is all zeros.", at("sealId", _zero_seal)),
    ContentRule("uuid", "The id of license or holder is not a urn:uuid.", _no_uuid),
    ContentRule("uuid-nil", "The id of license or holder is all zeros.", _nil_uuid),
    ContentRule("one-id-for-two", "License and holder have the same id.", _one_id_for_two),
)
