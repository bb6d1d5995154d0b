"""The whole way in a browser, over the two processes: what the hospital reads at its end."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from api.demo.people import AKE, BJORN, INGRID, KARI, LUCJA, SEAN, ZOE
from tests.e2e.conftest import OFFICIAL, NewVisitor, Scheme
from tests.e2e.visitor import Visitor
from tests.interop.documents import tool

pytestmark = pytest.mark.e2e
LINES = ["Document", "Authority", "Holder", "Place", "Standing"]


def test_a_nurse_in_force_may_work_where_her_license_is_valid(visitor: Visitor) -> None:
    (card,) = visitor.go_the_way(KARI, "Norway")

    assert card.band == "MAY WORK HERE"
    assert card.sentence == "Registered nurse in Norway. May work in Norway today."
    assert list(card.lines) == LINES
    assert card.lines["Document"].startswith("license NO-100231, unaltered since 15 Jun 2012")
    assert "trusted; inside its mandate" in card.lines["Authority"]
    assert "same person as you expected (name and birth date)" in card.lines["Holder"]
    assert card.lines["Place"] == "covers Norway"
    assert card.lines["Standing"].startswith("in force without conditions, as of today")


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official ELMO schema is not at hand")
def test_the_official_schema_finds_nothing_in_the_elmo(reader: Visitor) -> None:
    reader.page.get_by_text("Details of the document").click()

    structure = reader.page.locator(".keep .line", has_text="Structure")
    assert structure.locator(".answer").inner_text().endswith("as it must be")


def test_every_reason_opens_beside_its_line(reader: Visitor) -> None:
    for label in LINES:
        line = reader.page.locator(".card .line", has_text=label).first
        assert not line.locator(".whys").is_visible()
        line.get_by_text("why?").click()
        assert line.locator(".whys li").first.is_visible()
    reader.picture("opened")


def test_conditions_are_listed_over_the_lines(visitor: Visitor) -> None:
    limited, full = visitor.go_the_way(BJORN, "Norway")

    assert limited.band == "MAY WORK HERE WITH CONDITIONS"
    assert limited.sentence.startswith("Physician in Norway.")
    assert limited.conditions == {"May not": ("Prescribe, handle or give controlled drugs",)}
    assert full.band == "MAY WORK HERE"
    assert full.conditions == {}


def test_a_license_abroad_establishes_no_right_here_and_says_what_to_do(visitor: Visitor) -> None:
    (card,) = visitor.go_the_way(LUCJA, "Poland")

    assert (card.band, card.about) == ("NOT ESTABLISHED", "right to practise here")
    assert "No right in Poland is established by this document" in card.sentence
    assert "nothing known for Poland" in card.lines["Place"]
    assert any("recognition" in advice for advice in card.advice)


def test_without_a_place_nothing_is_established(visitor: Visitor) -> None:
    (card,) = visitor.go_the_way(KARI, "")

    assert card.band == "NOT ESTABLISHED"


def test_the_swedish_provider_sends_swedish_licenses_only(visitor: Visitor) -> None:
    (card,) = visitor.go_the_way(AKE, "Sweden", "DEMO-SE")

    assert card.band == "MAY WORK HERE"
    assert card.lines["Document"].startswith("license SE-550-1201")


def test_a_suspended_license_is_warned_of_unticked_and_not_to_be_relied_on(
    visitor: Visitor,
) -> None:
    visitor.stand_at_provider(INGRID, "Norway", "DEMO-NO")
    visitor.log_in(INGRID)
    suspended = visitor.page.locator(".license", has_text="NO-400101")
    in_force = visitor.page.locator(".license", has_text="NO-400102")

    assert "Suspended" in suspended.locator(".standing").inner_text()
    assert suspended.locator(".warning").is_visible()
    assert not suspended.get_by_role("checkbox").is_checked()
    assert in_force.get_by_role("checkbox").is_checked()

    visitor.tick_all()
    visitor.check()
    visitor.send()
    worst, better = visitor.cards()
    assert (worst.band, worst.about) == ("MUST NOT RELY ON THIS", "suspended")
    assert better.band == "MAY WORK HERE"
    assert visitor.page.locator(".summary").is_visible()


def test_revoked_and_surrendered_licenses_give_no_right(visitor: Visitor) -> None:
    cards = visitor.go_the_way(ZOE, "Sweden", "DEMO-SE")

    assert [card.band for card in cards] == ["MUST NOT RELY ON THIS"] * 2


def test_an_expired_license_comes_before_one_with_conditions(visitor: Visitor) -> None:
    expired, limited = visitor.go_the_way(SEAN, "Sweden", "DEMO-SE")

    assert expired.band == "MUST NOT RELY ON THIS"
    assert "expired" in expired.lines["Standing"].lower()
    assert limited.band == "MAY WORK HERE WITH CONDITIONS"
    assert set(limited.conditions) == {"May not", "Only with"}


def test_another_person_than_expected_is_never_accepted(visitor: Visitor) -> None:
    (card,) = visitor.go_the_way(KARI, "Norway", expected=BJORN)

    assert (card.band, card.about) == ("MUST NOT RELY ON THIS", "another person")


def test_on_paper_every_reason_is_opened(reader: Visitor, tmp_path: Path) -> None:
    printed = reader.printed(tmp_path / "verdict.pdf")

    shown = subprocess.run(
        [tool("pdftotext"), "-layout", str(printed), "-"], capture_output=True, check=True
    ).stdout.decode()
    assert "MAY WORK HERE" in shown
    assert all(label in shown for label in LINES)
    # Where a line of the paper breaks is not what is tested.
    assert " ".join(shown.split()).count("of the check, reason") >= len(LINES)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_the_way_scrolls_sideways_on_a_phone(
    new_visitor: NewVisitor, scheme: Scheme
) -> None:
    visitor = new_visitor(width=390, scheme=scheme)
    wide: list[str] = []
    visitor.page.on("load", lambda page: wide.extend(_too_wide(page)))

    visitor.go_the_way(BJORN, "Norway")

    assert wide == []


def _too_wide(page: Page) -> list[str]:
    overflow = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return [page.url] if overflow else []
