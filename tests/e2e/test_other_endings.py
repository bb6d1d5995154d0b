"""Each way that ends without a license comes back to the hospital as a clear page."""

import pytest

from api.demo.people import KARI, NOBODY
from tests.e2e.visitor import CANCEL, Visitor

pytestmark = pytest.mark.e2e
SCREENS = ("asking", "login", "licenses", "check")


def _go_to(visitor: Visitor, screen: str) -> None:
    visitor.stand_at_provider(KARI, "Norway", "DEMO-NO")
    if screen == "asking":
        return
    if screen == "login":
        visitor.press("Log in to continue")
        return
    visitor.log_in(KARI)
    if screen == "check":
        visitor.check()


@pytest.mark.parametrize("screen", SCREENS)
def test_the_holder_can_cancel_on_every_screen(visitor: Visitor, screen: str) -> None:
    _go_to(visitor, screen)

    visitor.press(CANCEL)
    visitor.wait_for_hospital()

    visitor.picture("cancelled")
    assert "cancel" in visitor.heading.lower()
    assert "What to do now" in visitor.text()
    assert "Kari" not in visitor.text()


def test_somebody_without_licenses_learns_what_that_can_mean(visitor: Visitor) -> None:
    visitor.stand_at_provider(NOBODY, "Norway", "DEMO-NO")
    visitor.log_in(NOBODY)

    assert visitor.heading == "No license found"
    assert "Norway's demo health authority" in visitor.text()

    visitor.press("Go back to City Hospital")
    visitor.wait_for_hospital()
    visitor.picture("nothing")
    assert "no license" in visitor.heading.lower()
    assert "What to do now" in visitor.text()


def test_the_employer_can_cancel_before_the_holder_goes_on(visitor: Visitor) -> None:
    visitor.expect(KARI, "Norway")
    visitor.choose_provider()

    visitor.press("Cancel this check")

    assert visitor.heading == "Whom do you expect?"
    visitor.go_back()
    assert "Continue to" not in visitor.text()


def test_an_empty_choice_is_asked_again_and_nothing_is_lost(visitor: Visitor) -> None:
    _go_to(visitor, "licenses")
    visitor.page.get_by_role("checkbox").uncheck()

    visitor.press("Continue: check what will be sent")

    visitor.picture("nothing-ticked")
    assert visitor.page.title().startswith("Error: ")
    visitor.page.get_by_role("link", name="Tick at least one license").click()
    assert visitor.page.locator("#license-1").evaluate("e => e === document.activeElement")
    visitor.page.get_by_role("checkbox").check()
    visitor.check()
    visitor.send()
    assert visitor.cards()[0].band == "MAY WORK HERE"


def test_a_wrong_birth_date_is_asked_again_beside_what_was_typed(visitor: Visitor) -> None:
    visitor.open("/smp/start")
    visitor.fill_expectation(KARI, "Norway")
    visitor.page.get_by_label("Month").fill("13")

    visitor.press("Continue")

    visitor.picture("fault")
    assert visitor.page.title().startswith("Error: ")
    assert visitor.page.get_by_label("Family name").input_value() == "Nordmann"
    assert visitor.page.locator("#birth_date-fault").is_visible()


def test_no_provider_chosen_is_asked_again(visitor: Visitor) -> None:
    visitor.expect(KARI, "Norway")

    visitor.press("Continue")

    visitor.picture("fault")
    assert visitor.page.title().startswith("Error: ")
    assert visitor.page.locator("#provider-fault").is_visible()


def test_an_address_nobody_knows_is_a_page_with_a_way_on(visitor: Visitor) -> None:
    visitor.open("/smp/session/0000000000000000000000000000000f")

    assert visitor.page.locator("h1").count() == 1
    assert "What to do now" in visitor.text()
