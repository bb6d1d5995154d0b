"""Where an NCP may post a holder's licenses: one strict reading of a return URL.

A URL is parsed once, by a grammar narrower than RFC 3986, and compared as origin and path.
Whatever a browser, a proxy or a person might read differently is refused instead of repaired:
user names, other notations of IP addresses, encoded slashes, dot segments, look-alikes outside
ASCII. Whether a URL belongs to a registered client is asked with `ReturnUrl.matches`.

Source: security.md E1, E2; RFC 3986; RFC 5952; the WHATWG URL standard's host parser.
"""

import ipaddress
import re
from typing import Never
from urllib.parse import unquote_to_bytes

from licenses.errors import FieldFault, InvalidFields
from licenses.model.values import Value

MAX_LENGTH = 2048
LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})

_DEFAULT_PORTS = {"https": 443, "http": 80}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)")
# After `//`: authority up to the first of / ? #, then path and query.
_PARTS = re.compile(r"//(?P<authority>[^/?]*)(?P<path>/[^?]*)?(?:\?(?P<query>.*))?")
_AUTHORITY = re.compile(r"(?P<host>\[[^\]\[]*\]|[^:\[\]]*)(?::(?P<port>[0-9]*))?")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
# What the WHATWG host parser takes for a number, and so for an IPv4 address in disguise.
_NUMERIC = re.compile(r"[0-9]+|0x[0-9a-f]*")
_PATH = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*")
_QUERY = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = re.compile(r"[A-Za-z0-9_~-]")
# Dot, slash, backslash, semicolon and percent change meaning when a server decodes again.
_FORBIDDEN_IN_PATH = frozenset(b"./\\;%\x7f") | frozenset(range(0x20))
_FORBIDDEN_IN_QUERY = frozenset(b"\x7f") | frozenset(range(0x20))


class ReturnUrl(Value):
    """One return URL that has passed every check here; not yet known to belong to anybody.

    `origin` is scheme, host in lower case and port unless it is the default one; `path` begins
    with `/` and has its escapes normalised; `query` is "" when absent; `text` is the URL as it
    came and is what the form posts to.
    """

    origin: str
    path: str
    query: str
    text: str

    def matches(self, prefix: str) -> bool:
        """Say whether this URL has the origin of `prefix` and lies at or below its path.

        The path ends at a segment: `https://a.example/smp` covers `/smp` and `/smp/x`, never
        `/smpx`; a prefix ending in `/` covers what is below it. A prefix that is itself not a
        clean URL without query covers nothing; `parse_return_url` tells its registrar why.
        """
        try:
            allowed = parse_return_url(prefix)
        except InvalidFields:
            return False
        if allowed.origin != self.origin or "?" in prefix:
            return False
        below = allowed.path if allowed.path.endswith("/") else allowed.path + "/"
        return self.path == allowed.path or self.path.startswith(below)


def parse_return_url(text: str, *, field: str = "returnUrl") -> ReturnUrl:
    """Return the parts of `text`: https anywhere, http on the loopback hosts only.

    Raises:
        InvalidFields: one fault on `field`, with code `missing`, `too-long`, `not-ascii`,
            `control-or-space`, `backslash`, `fragment`, `scheme`, `userinfo`, `host-missing`,
            `host-encoded`, `host-number`, `host-invalid`, `port-invalid`,
            `http-not-loopback`, `path-character`, `query-character`, `dot-segment`,
            `empty-segment`, `path-encoding` or `query-encoding`.
    """
    _check_text(text, field)
    scheme, rest = _split_scheme(text, field)
    parts = _PARTS.fullmatch(rest)
    if parts is None or not parts["authority"]:
        _refuse(field, "host-missing", "It names no host.")
    host, port = _host_and_port(parts["authority"], field)
    if scheme == "http" and host not in LOOPBACK_HOSTS:
        _refuse(field, "http-not-loopback", "It must begin with https.")
    path, query = parts["path"] or "/", parts["query"] or ""
    _check_path(path, field)
    _check_query(query, field)
    at_port = "" if port in (None, _DEFAULT_PORTS[scheme]) else f":{port}"
    return ReturnUrl(
        origin=f"{scheme}://{host}{at_port}",
        path=_ESCAPE.sub(_normal_escape, path),
        query=query,
        text=text,
    )


def _refuse(field: str, code: str, message: str) -> Never:
    raise InvalidFields(FieldFault(field, code, f"The address cannot be used: {message}"))


def _check_text(text: str, field: str) -> None:
    """Refuse what must not stand anywhere in the URL, before any part is cut out."""
    if not text:
        _refuse(field, "missing", "It is empty.")
    if len(text) > MAX_LENGTH:
        _refuse(field, "too-long", f"It is over {MAX_LENGTH} characters long.")
    if any(ord(char) <= 0x20 or ord(char) == 0x7F for char in text):
        _refuse(field, "control-or-space", "It holds a space or control character.")
    if not text.isascii():
        _refuse(field, "not-ascii", "It holds characters outside ASCII.")
    if "\\" in text:
        _refuse(field, "backslash", "It holds a backslash.")
    if "#" in text:
        _refuse(field, "fragment", "It has a fragment.")


def _split_scheme(text: str, field: str) -> tuple[str, str]:
    found = _SCHEME.fullmatch(text)
    scheme = found[1].lower() if found else ""
    if found is None or scheme not in _DEFAULT_PORTS:
        _refuse(field, "scheme", "It must begin with https.")
    return scheme, found[2]


def _host_and_port(authority: str, field: str) -> tuple[str, int | None]:
    if "@" in authority:
        _refuse(field, "userinfo", "It holds a user name.")
    if "%" in authority:
        _refuse(field, "host-encoded", "Its host is percent-encoded.")
    found = _AUTHORITY.fullmatch(authority)
    if found is None:
        _refuse(field, "host-invalid", "Its host is not a host name.")
    host = found["host"].lower()
    _check_host(host, field)
    port = found["port"]
    if port is None:
        return host, None
    if not re.fullmatch(r"[1-9][0-9]{0,4}", port) or int(port) > 0xFFFF:
        _refuse(field, "port-invalid", "Its port is not a number from 1 to 65535.")
    return host, int(port)


def _check_host(host: str, field: str) -> None:
    if not host:
        _refuse(field, "host-missing", "It names no host.")
    if host.startswith("["):
        _check_ipv6(host[1:-1], field)
        return
    labels = host.split(".")
    if _NUMERIC.fullmatch(labels[-1]):
        _check_ipv4(host, field)
        return
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        _refuse(field, "host-invalid", "Its host is not a host name.")


def _check_ipv4(host: str, field: str) -> None:
    """Refuse every notation but four decimal numbers without leading zeros."""
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        _refuse(field, "host-number", "Its host is a number in an unusual notation.")


def _check_ipv6(host: str, field: str) -> None:
    """Refuse every notation but the shortest one, and addresses that hide an IPv4 one."""
    try:
        address = ipaddress.IPv6Address(host)
    except ValueError:
        _refuse(field, "host-number", "Its host is not an IPv6 address.")
    if str(address) != host or address.ipv4_mapped is not None:
        _refuse(field, "host-number", "Its host is a number in an unusual notation.")


def _check_path(path: str, field: str) -> None:
    if not _PATH.fullmatch(path):
        _refuse(field, "path-character", "Its path holds a character that must be encoded.")
    if any(segment.partition(";")[0] in {".", ".."} for segment in path.split("/")):
        _refuse(field, "dot-segment", "Its path goes up or stays with dots.")
    if "//" in path:
        _refuse(field, "empty-segment", "Its path has two slashes in a row.")
    if any(unquote_to_bytes(escape)[0] in _FORBIDDEN_IN_PATH for escape in _ESCAPE.findall(path)):
        _refuse(field, "path-encoding", "Its path hides a dot, slash or control character.")


def _check_query(query: str, field: str) -> None:
    if not _QUERY.fullmatch(query):
        _refuse(field, "query-character", "Its query holds a character that must be encoded.")
    if any(unquote_to_bytes(escape)[0] in _FORBIDDEN_IN_QUERY for escape in _ESCAPE.findall(query)):
        _refuse(field, "query-encoding", "Its query hides a control character.")


def _normal_escape(escape: re.Match[str]) -> str:
    """Return an escape in capitals, or the character itself where it needs none."""
    char = chr(int(escape[0][1:], 16))
    return char if _UNRESERVED.fullmatch(char) else escape[0].upper()
