"""What browsers do besides going forward: no script, keys only, back, reload, tabs, frames."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route

from api.demo.people import BJORN, KARI
from tests.e2e.conftest import NewVisitor
from tests.e2e.visitor import Visitor
from tests.e2e.watching import MADE_HERE

pytestmark = pytest.mark.e2e
MOST_STOPS = 60
_HAS_FOCUS = """words => document.activeElement !== document.body
    && (document.activeElement.innerText || "").startsWith(words)"""


def test_without_javascript_one_more_button_does_it(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(javascript=False)
    visitor.go_the_way_to_sending(KARI)
    assert visitor.heading == "Sending to City Hospital"

    visitor.send()

    assert visitor.cards()[0].band == "MAY WORK HERE"


def test_the_whole_way_goes_by_keyboard(visitor: Visitor) -> None:
    page, keys = visitor.page, visitor.page.keyboard
    visitor.open()
    _press_enter_on(page, "Check a license with its holder")
    _stop_at(page, "#given")
    for text in ("Kari", "Nordmann", "14", "3", "1985"):
        keys.type(text)
        keys.press("Tab")
    _stop_at(page, "#territory")
    keys.type("Norway")
    _press_enter_on(page, "Continue")
    _stop_at(page, "[name=provider]")
    keys.press("ArrowDown")  # from Finland, the first of the list, to Norway
    _press_enter_on(page, "Continue")
    _press_enter_on(page, "Continue to DEMO-NO")
    _press_enter_on(page, "Log in to continue")
    _press_enter_on(page, "Kari Nordmann")
    _stop_at(page, "[name=license]")
    keys.press("Space")
    keys.press("Space")
    _press_enter_on(page, "Continue: check what will be sent")
    _reach(page, "Send to City Hospital")
    keys.press("Enter")
    visitor.wait_for_hospital()

    assert visitor.cards()[0].band == "MAY WORK HERE"
    _reach(page, "why?")
    keys.press("Enter")
    page.locator(".whys").first.wait_for()


def test_where_the_keyboard_is_can_be_seen(visitor: Visitor) -> None:
    visitor.open("/smp/start")

    for _ in range(8):
        visitor.page.keyboard.press("Tab")
        outline = visitor.page.evaluate(
            "(s => s.outlineStyle + s.boxShadow)(getComputedStyle(document.activeElement))"
        )
        assert outline != "nonenone"


def test_the_first_stop_leads_past_the_head_of_the_page(visitor: Visitor) -> None:
    visitor.open("/smp/start")

    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")

    visitor.page.wait_for_url(lambda url: url.endswith("#main"))


def test_back_and_reload_after_the_answer_do_no_harm(visitor: Visitor) -> None:
    visitor.go_the_way(KARI, "Norway")
    verdict = visitor.page.url

    visitor.reload()
    assert visitor.cards()[0].band == "MAY WORK HERE"
    visitor.go_back()
    visitor.page.wait_for_load_state()
    visitor.picture("back")
    visitor.page.goto(verdict)
    assert visitor.cards()[0].band == "MAY WORK HERE"


def test_an_answer_sent_twice_is_refused_and_the_verdict_stays(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(javascript=False)
    visitor.go_the_way_to_sending(KARI)
    visitor.reload()
    assert visitor.heading == "Sending to City Hospital"
    visitor.send()
    verdict = visitor.page.url

    visitor.go_back()
    assert visitor.heading == "Sending to City Hospital"
    with visitor.page.expect_response("**/smp/return") as second:
        visitor.press("Send to City Hospital")

    assert second.value.status == 409
    visitor.picture("twice")
    visitor.page.goto(verdict)
    assert visitor.cards()[0].band == "MAY WORK HERE"


def test_going_back_at_the_provider_keeps_the_exchange(visitor: Visitor) -> None:
    visitor.stand_at_provider(BJORN, "Norway", "DEMO-NO")
    visitor.log_in(BJORN)
    visitor.check()

    visitor.page.get_by_role("link", name="Back: change the choice").click()
    visitor.page.locator(".license", has_text="NO-200877").get_by_role("checkbox").uncheck()
    visitor.check()
    visitor.send()

    (card,) = visitor.cards()
    assert card.lines["Document"].startswith("license NO-200878")


def test_two_exchanges_in_two_tabs_do_not_mix(visitor: Visitor) -> None:
    other = Visitor(visitor.page.context.new_page(), visitor.ports, None)
    visitor.expect(KARI, "Norway")
    other.expect(BJORN, "Norway")
    for tab in (visitor, other):
        tab.choose_provider()
    for tab in (other, visitor):
        tab.go_to_provider()
    for tab, person in ((visitor, KARI), (other, BJORN)):
        tab.log_in(person)
    for tab in (other, visitor):
        tab.check()
        tab.send()

    assert [card.band for card in visitor.cards()] == ["MAY WORK HERE"]
    assert "Kari Nordmann" in visitor.cards()[0].lines["Holder"]
    assert all("Ødegård" in card.lines["Holder"] for card in other.cards())


def test_another_browser_sees_nothing_of_an_exchange(
    visitor: Visitor, new_visitor: NewVisitor
) -> None:
    visitor.stand_at_provider(KARI, "Norway", "DEMO-NO")
    visitor.log_in(KARI)
    at_the_provider = visitor.page.url
    visitor.check()
    visitor.send()
    stranger = new_visitor()

    for address in (at_the_provider, visitor.page.url):
        answer = stranger.page.goto(address)
        assert answer is not None
        assert answer.status in {403, 404}
        assert "Nordmann" not in stranger.page.content()


def test_no_page_can_be_framed_not_even_by_its_own_site(visitor: Visitor) -> None:
    page, origin = visitor.page, visitor.ports.hospital_origin
    paths = ("/", "/smp/start", "/verify", "/no-such-page", "/frameable")
    frames = "".join(f'<iframe src="{path}"></iframe>' for path in paths)
    for address, html in (("/outer", frames), ("/frameable", "<p>shown</p>")):
        body = f"<!doctype html><title>made by the test</title>{html}"
        page.route(f"{origin}{address}", _serving(body))

    page.goto(f"{origin}/outer")

    *refused, shown = page.frames[1:]
    assert [frame.url for frame in refused] == ["chrome-error://chromewebdata/"] * 4
    assert shown.locator("p").inner_text() == "shown"


def _serving(html: str) -> Callable[[Route], None]:
    headers = {"content-security-policy": MADE_HERE, "cache-control": "no-store"}
    return lambda route: route.fulfill(body=html, content_type="text/html", headers=headers)


def _stop_at(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus; what cannot be reached fails."""
    for _ in range(MOST_STOPS):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach {selector}")


def _press_enter_on(page: Page, words: str) -> None:
    """Reach a button or link by its words and press Enter; wait for the page it leads to."""
    _reach(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _reach(page: Page, words: str) -> None:
    """Press Tab until what has the focus begins with these words."""
    for _ in range(MOST_STOPS):
        if page.evaluate(_HAS_FOCUS, words):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach {words}")
