"""What a browser saw besides its pages: requests, headers, complaints on the console."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

from api.demo.world import Ports

# Chromium says this of every page that answers 4xx; the tests look at those pages themselves.
_REFUSED_PAGE = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
# And this of a frame that a page's policy refused; one test asks for it.
_REFUSED_FRAME = re.compile(r"Framing .* violates .*\"frame-ancestors 'none'\"")
MADE_HERE = "img-src 'none'"
"""The policy by which a page that a test itself serves is known."""


class Watcher:
    """Collects what must not happen in one browser profile, whatever the test is about."""

    def __init__(self, context: BrowserContext, ports: Ports) -> None:
        self._own = {urlsplit(ports.north_origin).netloc, urlsplit(ports.hospital_origin).netloc}
        self.complaints: list[str] = []
        context.on("request", self._requested)
        context.on("response", self._answered)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))

    def require_peace(self) -> None:
        """Fail with everything that was seen and must not be."""
        assert not self.complaints, self.complaints

    def _requested(self, request: Request) -> None:
        host = urlsplit(request.url).netloc
        if host not in self._own:
            self.complaints.append(f"asked {host}")

    def _answered(self, response: Response) -> None:
        address = urlsplit(response.url)
        if response.headers.get("content-security-policy") == MADE_HERE:
            return
        if response.status >= 500:
            self.complaints.append(f"{response.status} {address.path}")
        if response.headers.get("content-type", "").startswith("text/html"):
            self._require_bound(response, address.path)

    def _require_bound(self, response: Response, path: str) -> None:
        policy = response.headers.get("content-security-policy", "")
        if "frame-ancestors 'none'" not in policy or "unsafe" in policy:
            self.complaints.append(f"policy of {path}: {policy}")
        if response.headers.get("cache-control") != "no-store":
            self.complaints.append(f"{path} may be kept by caches")

    def _said(self, message: ConsoleMessage) -> None:
        expected = _REFUSED_PAGE.match(message.text) or _REFUSED_FRAME.match(message.text)
        if message.type in {"error", "warning"} and not expected:
            self.complaints.append(f"console: {message.text}")
