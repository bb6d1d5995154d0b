"""What holds of every page: it nests, is labelled, posts, loads and runs nothing strange."""

import re
from urllib.parse import urlsplit

import pytest

from api.web.security import CSRF_FIELD
from tests.e2e.page_samples import samples
from tests.e2e.verdict_samples import Sample
from tests.unit.page_reading import Page

PAGES = {sample.name: sample.html for sample in samples()}
EVERY_PAGE = pytest.mark.parametrize("html", PAGES.values(), ids=PAGES.keys())

# From the Big List of Naughty Strings and security.md E10, E17; none holds a character that the
# domain already refuses.
NAUGHTY = (
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "</title></textarea></script><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)//&lt;&amp;&#60;",
    "`onfocus=alert(1) autofocus x=`",
)


@EVERY_PAGE
def test_a_page_nests_and_has_one_heading_a_language_and_a_title(html: str) -> None:
    page = Page(html)

    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    assert page.all("html")[0].attributes["lang"] == "en"
    assert len(page.all("title")) == 1


@EVERY_PAGE
def test_ids_are_unique_and_everything_that_points_to_one_finds_it(html: str) -> None:
    page = Page(html)
    ids = page.ids()

    pointed = [
        name
        for one in page.elements
        for attribute in ("for", "aria-describedby", "aria-labelledby", "form")
        for name in one.attributes.get(attribute, "").split()
    ]
    anchors = [
        one.attributes["href"][1:]
        for one in page.all("a")
        if one.attributes["href"].startswith("#")
    ]
    assert len(ids) == len(set(ids))
    assert set(pointed + anchors) <= set(ids)


@EVERY_PAGE
def test_every_visible_field_has_a_label(html: str) -> None:
    page = Page(html)
    labelled = {one.attributes["for"] for one in page.all("label")}

    fields = [one for one in page.all("input", "select") if one.attributes.get("type") != "hidden"]
    assert all(one.attributes["id"] in labelled for one in fields)


@EVERY_PAGE
def test_every_form_posts_and_those_of_this_site_carry_the_token(html: str) -> None:
    forms = re.findall(r"<form.*?</form>", html, re.DOTALL)

    for form in forms:
        page = Page(form)
        attributes = page.all("form")[0].attributes
        names = [one.attributes.get("name") for one in page.all("input")]
        assert attributes["method"] == "post"
        assert (CSRF_FIELD in names) is (urlsplit(attributes["action"]).netloc == "")


@EVERY_PAGE
def test_nothing_runs_but_the_script_with_a_nonce_on_the_sending_page(html: str) -> None:
    page = Page(html)

    scripts = page.all("script")
    assert all(one.attributes.keys() == {"nonce"} for one in scripts)
    assert bool(scripts) is ('id="answer"' in html)
    for one in page.elements:
        assert not [name for name in one.attributes if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action"):
            assert not one.attributes.get(name, "").lower().startswith(("javascript:", "data:"))


@EVERY_PAGE
def test_a_page_loads_only_from_its_own_site(html: str) -> None:
    page = Page(html)

    assert not page.all("img", "iframe", "object", "embed", "base")
    for link in page.all("link"):
        assert link.attributes["href"].startswith("/static/")


@EVERY_PAGE
def test_no_address_holds_anything_about_a_person(html: str) -> None:
    page = Page(html)

    addresses = " ".join(
        one.attributes[name]
        for one in page.elements
        for name in ("href", "action", "src")
        if name in one.attributes
    )
    assert not re.search(r"Ingrid|Solberg|1990|7412338", addresses, re.IGNORECASE)


@pytest.mark.parametrize("note", NAUGHTY)
def test_what_comes_from_outside_comes_out_as_text_on_every_page(note: str) -> None:
    for sample in samples(note):
        hostile, plain = Page(sample.html), Page(PAGES[sample.name])

        assert [one.tag for one in hostile.elements] == [one.tag for one in plain.elements]
        assert _attributes_of(sample) == _attributes_of(Sample(sample.name, PAGES[sample.name]))
        assert note in hostile.text


def _attributes_of(sample: Sample) -> list[list[str]]:
    return [sorted(one.attributes) for one in Page(sample.html).elements]


def test_the_holder_can_cancel_on_every_screen_before_sending() -> None:
    screens = [html for name, html in PAGES.items() if re.match(r"ncp-[1-4]-(?!no-lic)", name)]

    assert len(screens) == 6
    assert all("Cancel: nothing is sent" in html for html in screens)


def test_a_title_in_another_language_is_marked_and_isolated() -> None:
    assert '<bdi lang="nb">Autorisert sykepleier</bdi>' in PAGES["ncp-3-choose"]


def test_only_licenses_that_stand_are_ticked_and_the_others_carry_a_warning() -> None:
    page = Page(PAGES["ncp-3-choose"])

    ticked = {
        one.attributes["value"]: "checked" in one.attributes
        for one in page.all("input")
        if one.attributes.get("type") == "checkbox"
    }
    assert ticked == {"no/1": True, "no/2": True, "se/1": False}
    assert page.text.count("This license gives no right now.") == 1


def test_the_consent_posts_recipient_purpose_and_exactly_the_licenses_shown() -> None:
    form = re.findall(
        r'<form method="post" action="/ncp/no/send">.*?</form>', PAGES["ncp-4-check"], re.DOTALL
    )[0]

    posted = [(one.attributes["name"], one.attributes["value"]) for one in Page(form).all("input")]
    assert [value for name, value in posted if name == "license"] == ["no/1", "se/1"]
    assert dict(posted)["recipient"] == "http://127.0.0.1:8002"
    assert "right to practise" in dict(posted)["purpose"]


def test_what_was_typed_stays_and_each_fault_stands_beside_its_field() -> None:
    page = Page(PAGES["smp-1-expect-faults"])
    by_id = {
        one.attributes["id"]: one.attributes for one in page.elements if "id" in one.attributes
    }

    assert by_id["given"]["value"] == "Ingrid Marie"
    assert by_id["family"]["aria-describedby"] == "family-fault"
    assert by_id["family"]["aria-invalid"] == "true"
    assert by_id["birth_date"]["aria-describedby"] == "birth_date-hint birth_date-fault"
    assert page.text.count("Enter the family name too") == 2
    chosen = [one.attributes["value"] for one in page.all("option") if "selected" in one.attributes]
    assert chosen == ["PL"]
