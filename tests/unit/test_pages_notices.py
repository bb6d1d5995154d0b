"""Notices: every expected failure has a page that says what happened and what to do."""

import pytest

from api.web.notice_pages import error_notice, notice_page, provider_error_notice, unexpected_notice
from api.web.page import Link, Site
from api.web.smp_pages import smp_step
from licenses import errors
from licenses.errors import DocumentRejected, LicensingError, LintFailed
from tests.unit.page_reading import Page

SITE = Site(name="Provider", about="NCP")


def _kinds(kind: type[LicensingError]) -> list[type[LicensingError]]:
    below = [one for child in kind.__subclasses__() for one in _kinds(child)]
    return [kind, *below]


@pytest.mark.parametrize(
    "kind", [one for one in _kinds(LicensingError) if one.__module__ == errors.__name__]
)
def test_every_error_of_the_tree_has_a_title_a_step_to_take_and_its_code(
    kind: type[LicensingError],
) -> None:
    stated = {DocumentRejected: ("not-xml", "no"), LintFailed: ("no",)}
    error = kind(*next((given for base, given in stated.items() if issubclass(kind, base)), ()))

    view = error_notice(SITE, error)

    assert view.title
    assert view.todo
    assert view.code == ("not-xml" if isinstance(error, DocumentRejected) else kind.code)
    assert view.code in notice_page(view)


def test_an_unexpected_failure_shows_its_incident_and_nothing_else_of_it() -> None:
    page = Page(notice_page(unexpected_notice(SITE, "7f3a")))

    assert "You did nothing wrong" in page.text
    assert "7f3a" in page.text


def test_the_providers_own_words_are_shown_as_its_words_isolated_and_cut() -> None:
    again = Link("/smp", "Start again")
    view = provider_error_notice(SITE, "NCP", "<b>no\u202e</b>" + "x" * 900, again, smp_step(4))

    html = notice_page(view)

    assert "<bdi>&lt;b&gt;no\ufffd&lt;/b&gt;x" in html
    assert "x" * 301 not in html
