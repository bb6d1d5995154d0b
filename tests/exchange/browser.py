"""A browser small enough to read: cookies by host and path, redirects, forms, form-action.

It talks to applications in this process and opens no socket. It keeps the rules the exchange
leans on: a Lax cookie does not come with a post from another site, a redirect after a post is a
get, and a page's `form-action` decides where its forms may go (security.md E3, E10).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import urlencode, urljoin, urlsplit

import httpx
from fastapi import FastAPI

from tests.in_process import finished

FORM = "application/x-www-form-urlencoded"
_MOST_REDIRECTS = 5
Fields = Sequence[tuple[str, str]]


class Server:
    """One application, asked without a socket; safe to use from several threads."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self._transport = httpx.ASGITransport(app=app, client=("192.0.2.7", 40000))

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Return the answer; an exception that leaves the application leaves here too."""

        async def once() -> httpx.Response:
            response = await self._transport.handle_async_request(request)
            await response.aread()
            return response

        return finished(once())


class Servers(httpx.BaseTransport):
    """The applications by origin; also the network of a client that asks one of them."""

    def __init__(self) -> None:
        self.by_origin: dict[str, Server] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer as the server of that origin, or as nobody."""
        server = self.by_origin.get(_origin(str(request.url)))
        if server is None:
            raise httpx.ConnectError("nobody listens there", request=request)
        answered = server.answer(request)
        return httpx.Response(
            answered.status_code, headers=answered.headers, content=answered.content
        )


class Form(NamedTuple):
    """One form of a page: where it goes, and the (name, value) a browser would send."""

    action: str
    method: str
    enctype: str
    fields: tuple[tuple[str, str], ...]
    buttons: tuple[tuple[str, str], ...]

    def value(self, name: str) -> str:
        """Return the value of the one field of this name."""
        (value,) = self.values(name)
        return value

    def values(self, name: str) -> tuple[str, ...]:
        """Return all values of a field."""
        return tuple(value for field_, value in self.fields if field_ == name)


class _FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[tuple[dict[str, str], list[tuple[str, str]], list[tuple[str, str]]]] = []
        self.text = ""
        self.links: list[str] = []
        self._inside = False
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("a", "link") and "href" in given:
            self.links.append(given["href"])
        if tag == "form":
            self.forms.append((given, [], []))
            self._inside = True
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and "selected" in given:
            self.forms[-1][1].append((self._select, given.get("value", "")))
        elif self._inside and tag in ("input", "button"):
            self._take(tag, given)

    def _take(self, tag: str, given: dict[str, str]) -> None:
        _, fields, buttons = self.forms[-1]
        pair = (given.get("name", ""), given.get("value", ""))
        if tag == "button":
            buttons.append(pair)
        elif given.get("type") not in ("checkbox", "radio") or "checked" in given:
            fields.append(pair)

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"

    def handle_data(self, data: str) -> None:
        self.text += data


class Screen(NamedTuple):
    """What the browser shows: the address it is at, and the answer that was got there."""

    url: str
    response: httpx.Response

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.response.status_code

    @property
    def html(self) -> str:
        """The page as it came."""
        return self.response.text

    @property
    def text(self) -> str:
        """The words of the page, spaces made one."""
        return " ".join(_read(self).text.split())

    @property
    def links(self) -> tuple[str, ...]:
        """Every address the page leads to or loads, absolute."""
        return tuple(urljoin(self.url, link) for link in _read(self).links)

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms of the page, in order."""
        return tuple(
            Form(
                action=urljoin(self.url, given.get("action", "")),
                method=given.get("method", "get"),
                enctype=given.get("enctype", FORM),
                fields=tuple(fields),
                buttons=tuple(buttons),
            )
            for given, fields, buttons in _read(self).forms
        )

    def form(self, end: str) -> Form:
        """Return the one form whose address ends so."""
        (found,) = [form for form in self.forms if form.action.endswith(end)]
        return found


def _read(screen: Screen) -> _FormReader:
    return _read_page(screen.html)


@lru_cache(maxsize=8)
def _read_page(html: str) -> _FormReader:
    """Read a page once, though its words, links and forms are asked for one after the other."""
    reader = _FormReader()
    reader.feed(html)
    reader.close()
    return reader


class Cookie(NamedTuple):
    """A cookie as the browser keeps it; the site is the host without its port."""

    host: str
    path: str
    name: str
    value: str
    attributes: Mapping[str, str]

    def goes_to(self, url: str) -> bool:
        """Say whether host and path fit."""
        parts = urlsplit(url)
        below = parts.path == self.path or parts.path.startswith(self.path.rstrip("/") + "/")
        return parts.hostname == self.host and below


@dataclass
class Browser:
    """One browser, with its own cookies and a memory of every address and header it sent."""

    servers: Servers
    cookies: list[Cookie] = field(default_factory=list)
    visited: list[str] = field(default_factory=list)
    seen: list[Screen] = field(default_factory=list)

    def get(self, url: str) -> Screen:
        """Go to an address, as a link or the address bar does."""
        return self._follow("GET", url, None, b"", FORM)

    def post(self, url: str, fields: Fields, *, at: str | None = None) -> Screen:
        """Send a form that stands on the page `at` (default: the same site)."""
        return self.post_body(url, urlencode(list(fields)).encode(), at=at)

    def post_body(
        self, url: str, body: bytes, kind: str = FORM, *, at: str | None = None
    ) -> Screen:
        """Send octets as a form; from the same site unless `at` is elsewhere."""
        return self._follow("POST", url, at or url, body, kind)

    def submit(
        self, screen: Screen, end: str, button: int = 0, more: Fields = (), without: str = ""
    ) -> Screen:
        """Press a button of the form whose address ends so, as far as the page's policy lets.

        Args:
            screen: the page the form stands on.
            end: how the form's address ends.
            button: which of its buttons; a form with none is sent by one elsewhere.
            more: further fields, say a box that is ticked.
            without: a field left out.
        """
        form = screen.form(end)
        assert _allowed(screen, form.action), "the page's form-action forbids this"
        pressed = [form.buttons[button]] if form.buttons and form.buttons[button][0] else []
        fields = [pair for pair in (*form.fields, *pressed, *more) if pair[0] != without]
        return self.post(form.action, fields, at=screen.url)

    def give(self, url: str, name: str, value: str) -> None:
        """Put a cookie for one address into the browser, as its server would."""
        parts = urlsplit(url)
        self.cookies.append(Cookie(parts.hostname or "", parts.path, name, value, {}))

    def _follow(self, method: str, url: str, at: str | None, body: bytes, kind: str) -> Screen:
        for _ in range(_MOST_REDIRECTS):
            screen = Screen(url, self._send(method, url, at, body, kind))
            self.seen.append(screen)
            if screen.status not in (302, 303, 307):
                return screen
            url = urljoin(url, screen.response.headers["location"])
            # A redirect to another page is a get at top level, with which Lax cookies come.
            method, at, body = "GET", None, b""
        raise AssertionError("too many redirects")

    def _send(
        self, method: str, url: str, at: str | None, body: bytes, kind: str
    ) -> httpx.Response:
        self.visited.append(url)
        cross_site = at is not None and _site(at) != _site(url)
        sent = [] if cross_site else [one for one in self.cookies if one.goes_to(url)]
        headers = {"Cookie": "; ".join(f"{one.name}={one.value}" for one in sent)} if sent else {}
        if method == "POST":
            headers["Content-Type"] = kind
        request = httpx.Request(method, url, headers=headers, content=body)
        response = self.servers.by_origin[_origin(url)].answer(request)
        for line in response.headers.get_list("set-cookie"):
            self._keep(url, line)
        return response

    def _keep(self, url: str, line: str) -> None:
        host = urlsplit(url).hostname or ""
        for name, morsel in SimpleCookie(line).items():
            attributes = {key: str(value) for key, value in morsel.items()}
            fresh = Cookie(host, attributes["path"], name, morsel.value, attributes)
            same = (fresh.host, fresh.path, fresh.name)
            self.cookies = [
                one for one in self.cookies if (one.host, one.path, one.name) != same
            ] + [fresh]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _site(url: str) -> str:
    return urlsplit(url).hostname or ""


def _allowed(screen: Screen, action: str) -> bool:
    policy = screen.response.headers["content-security-policy"]
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
    allowed = [
        _origin(screen.url) if one == "'self'" else one for one in rules["form-action"].split()
    ]
    return _origin(action) in allowed
