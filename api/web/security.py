"""Headers of every HTML answer: what a browser may do with the page, and that nobody keeps it.

Nothing runs, loads, frames or posts unless it is named here. Chromium holds `form-action` also
against redirects that follow a post, so a page that posts abroad names that one origin.
Source: security.md E10, E11.
"""

import re
from urllib.parse import urlsplit

CSRF_FIELD = "csrf"
"""The name of the hidden field that carries the token in every form of ours."""

_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
_HOST = re.compile(r"[A-Za-z0-9.-]+|\[[0-9a-fA-F:.]+\]")


def page_headers(nonce: str | None = None, form_target: str | None = None) -> dict[str, str]:
    """Return the headers of one page.

    Args:
        nonce: random per answer, base64url, 16 to 64 characters; only the sending page has one.
        form_target: address the page posts to besides this site; only its origin is allowed.

    Raises:
        ValueError: the nonce or the address could break out of the policy.
    """
    return {
        "Content-Security-Policy": _policy(nonce, form_target),
        "Cache-Control": "no-store",
        "Content-Type": "text/html; charset=utf-8",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


def origin_of(address: str) -> str:
    """Return scheme, host and port of an http(s) address; raise ValueError for any other."""
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(name) or "@" in parts.netloc:
        raise ValueError("a form may only post to a plain http(s) address")
    port = "" if parts.port is None else f":{parts.port}"
    return f"{parts.scheme}://{name}{port}"


def _policy(nonce: str | None, form_target: str | None) -> str:
    form_action = "'self'" if form_target is None else f"'self' {origin_of(form_target)}"
    directives = [
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        f"form-action {form_action}",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
    if nonce is not None:
        if not _NONCE.fullmatch(nonce):
            raise ValueError("a nonce is 16 to 64 characters of base64url")
        directives.append(f"script-src 'nonce-{nonce}'")
    return "; ".join(directives)
