"""Everybody of the demo world goes the way from each provider that knows them, with all they have.

What an employer is to read of each license follows from the row it was made from, by rules
stated here anew. What the rows must contain is held by `tests.unit.test_demo_people`.
"""

import json
from datetime import date
from itertools import groupby
from typing import Any

import pytest

from api.bootstrap import open_register
from api.demo.licenses import demo_licenses
from api.demo.people import FIRST_PEOPLE, NOBODY, PEOPLE, DemoPerson
from api.demo.story import DemoLicense
from api.settings import read_site
from licenses.model.authority import lies_in
from licenses.model.license import Kind
from licenses.model.lifecycle import Status
from licenses.model.register import LicenseFilter
from tests.exchange.browser import Browser, Screen
from tests.exchange.sites import NOW, Sites
from tests.exchange.walking import asked, consented, logged_in, returned

TODAY = NOW.date()
ROWS = demo_licenses(TODAY)
BEST_FIRST = ["may-work", "may-work-with-conditions", "not-established", "must-not-rely"]
BOUND_KINDS = {
    Kind.PROVISIONAL, Kind.LIMITED, Kind.TEMPORARY_SERVICE, Kind.TRAINING, Kind.STUDENT,
}  # fmt: skip


def _country(row: DemoLicense) -> str:
    return row.authority.authority.country


def _of(person: DemoPerson) -> list[tuple[str, list[DemoLicense]]]:
    """Return the countries that know a person, with their rows."""
    rows = sorted((row for row in ROWS if row.holder is person), key=_country)
    return [(country, list(group)) for country, group in groupby(rows, _country)]


def _gives_a_right(row: DemoLicense) -> bool:
    open_areas = [one for one in row.own_territories if one.until is None or one.until >= TODAY]
    return (
        row.stands in (Status.ACTIVE, Status.RESTRICTED)
        and (row.starts or row.since) <= TODAY
        and row.kind is not Kind.NON_PRACTISING
        and open_areas != []
    )


def _expected(row: DemoLicense) -> str:
    """Return what an employer in the country of the provider is to read."""
    if not _gives_a_right(row):
        return "must-not-rely"
    if not any(lies_in(_country(row), one.area) for one in row.own_territories):
        return "not-established"
    bound = row.stands is Status.RESTRICTED or row.kind in BOUND_KINDS
    return "may-work-with-conditions" if bound else "may-work"


def test_every_license_stands_as_its_row_says(sites: Sites) -> None:
    register = open_register(read_site(sites.world.north))
    stands = {}
    with register.unit_of_work() as uow:
        for row in ROWS:
            authority_id, wanted = row.authority.authority.id, LicenseFilter(number=row.number_now)
            page = uow.licenses.page(authority_id, wanted, at=NOW, after=None, limit=2)
            (record,) = page.records
            stands[row.number] = record.state.status_at(NOW)

    assert stands == {row.number: row.stands for row in ROWS}


@pytest.mark.parametrize(
    "who", [one for one in PEOPLE if one is not NOBODY], ids=lambda one: one.key
)
def test_everybody_goes_the_way_from_every_provider_that_knows_them(
    browser: Browser, who: DemoPerson
) -> None:
    for country, rows in _of(who):
        sealed = [row for row in rows if row.is_issued]
        licenses = logged_in(
            browser, asked(browser, who, territory=country, ncp=f"DEMO-{country}"), who
        )
        if not sealed:
            assert "No license found" in licenses.text
            continue
        shown = _everything_sent(browser, licenses, ticked=sum(map(_gives_a_right, sealed)))

        verdict = _verdict(browser, shown)
        read = {one["license"]["grant"]["number"]: one["overall"] for one in verdict["licenses"]}
        assert read == {row.number_now: _expected(row) for row in sealed}
        assert [one["holder"]["answer"] for one in verdict["licenses"]] == ["same"] * len(sealed)
        assert verdict["overall"] == max(read.values(), key=BEST_FIRST.index)
        assert verdict["signature"]["answer"] == "verified"
        assert verdict["schema"]["answer"] == "valid"
    assert [screen.status for screen in browser.seen if screen.status >= 400] == []


def _everything_sent(browser: Browser, licenses: Screen, *, ticked: int) -> Screen:
    """Tick what is not ticked yet, consent, and return what the hospital shows."""
    form = licenses.form("/licenses")
    every = [part.partition('"')[0] for part in licenses.html.split('name="license" value="')[1:]]
    assert len(form.values("license")) == ticked
    more = [("license", one) for one in every if one not in form.values("license")]
    check = browser.submit(licenses, "/licenses", more=more)
    return returned(browser, consented(browser, check))


def _verdict(browser: Browser, shown: Screen) -> dict[str, Any]:
    (address,) = [link for link in shown.links if link.endswith("/verdict.json")]
    verdict: dict[str, Any] = json.loads(browser.get(address).response.text)
    return verdict


@pytest.mark.parametrize("country", ["NO", "SE", "PL", "FI"])
def test_the_login_page_offers_everybody_once_and_folds_away_who_is_not_known_there(
    browser: Browser, country: str
) -> None:
    page = browser.submit(asked(browser, None, territory=country, ncp=f"DEMO-{country}"), "/login")

    shown, _, folded = page.html.partition("<details>")
    known = {row.holder.key for row in ROWS if _country(row) == country}
    first = {one.key for one in FIRST_PEOPLE}
    offered = [value for name, value in page.form("/identity").buttons if name == "subject"]
    assert sorted(offered) == sorted(one.key for one in PEOPLE)
    assert offered[: len(first)] == [one.key for one in FIRST_PEOPLE]
    assert _subjects(shown) == known | first
    assert _subjects(folded) == {one.key for one in PEOPLE} - known - first


def _subjects(html: str) -> set[str]:
    return {part.partition('"')[0] for part in html.split('name="subject" value="')[1:]}


def test_namesakes_and_twins_are_told_apart() -> None:
    named = [(one.person.current_name.full, one.person.birth_date) for one in PEOPLE]

    assert len(set(named)) == len(named)
    assert len({name for name, _ in named}) < len(named)
    assert len({born for _, born in named}) < len(named)
    assert all(isinstance(born, date) for _, born in named)
