"""Addresses that may stand in a trust file: https, or http to this very machine.

Plain http is for the loopback interface alone (development, demo); no user name, no fragment,
and a host in every address, so that nothing can be put before or behind it.
Source: design.md 6 (returnUrl); security.md E1.
"""

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from licenses.errors import ConfigurationRefused


def checked_address(address: str, what: str) -> str:
    """Return `address` unchanged; `what` names it in the sentence of a refusal.

    Raises:
        ConfigurationRefused: not https (nor http to loopback), or with parts it must not have.
    """
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise ConfigurationRefused(f"{what} is not an address.") from None
    if not host or not _plain(parts) or not parts.path.startswith("/"):
        raise ConfigurationRefused(f"{what} must be a full address with a host and a path.")
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_loopback(host)):
        raise ConfigurationRefused(f"{what} must begin with https://.")
    return address


def _plain(parts: SplitResult) -> bool:
    return "@" not in parts.netloc and not parts.query and not parts.fragment


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
