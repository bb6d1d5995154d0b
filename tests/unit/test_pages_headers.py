"""The headers of a page name the one script and the one foreign target, and nothing gets past."""

import pytest

from api.web.security import origin_of, page_headers


def test_an_ordinary_page_may_run_nothing_post_nowhere_else_and_be_framed_by_nobody() -> None:
    headers = page_headers()

    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self';"
        " frame-ancestors 'none'; base-uri 'none'"
    )
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_sending_page_names_its_nonce_and_only_the_origin_of_its_target() -> None:
    policy = page_headers("a" * 22, "https://smp.example:8443/return?x=1")[
        "Content-Security-Policy"
    ]

    assert f"script-src 'nonce-{'a' * 22}'" in policy
    assert "form-action 'self' https://smp.example:8443;" in policy


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "https://",
        "https://good.example@evil.example/",
        "https://a.example; script-src *",
        "https://a.example' *",
        "https://*.example/",
        "https://exa mple/",
        "//a.example/",
        "ftp://a.example/",
        "https://a.example:99999/",
    ],
)
def test_a_target_that_could_break_the_policy_is_refused(target: str) -> None:
    with pytest.raises(ValueError, match=r"form may only post|[Pp]ort"):
        page_headers(form_target=target)


@pytest.mark.parametrize("nonce", ["", "short", "x" * 65, "a" * 20 + "'", "a" * 20 + ";"])
def test_a_nonce_that_could_break_the_policy_is_refused(nonce: str) -> None:
    with pytest.raises(ValueError, match="nonce"):
        page_headers(nonce)


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("http://127.0.0.1:8002/smp/return", "http://127.0.0.1:8002"),
        ("https://smp.example", "https://smp.example"),
        ("http://[::1]:8002/x", "http://[::1]:8002"),
        ("http://[::1]/x", "http://[::1]"),
    ],
)
def test_the_origin_is_scheme_host_and_port(address: str, origin: str) -> None:
    assert origin_of(address) == origin
