"""The steps of the way, each from the page before, as a person in a browser takes them."""

from api.demo.people import DemoPerson
from tests.exchange.browser import Browser, Screen
from tests.exchange.sites import HOSPITAL, Sites, expectation_fields


def expected(
    browser: Browser, person: DemoPerson | None, *, territory: str = "NO", ncp: str = "DEMO-NO"
) -> Screen:
    """Go as an employer from the first page to the one that leads to the provider."""
    form_page = browser.get(f"{HOSPITAL}/smp/start")
    typed = expectation_fields(person, territory)
    form = form_page.form("/smp/start")
    asked = browser.post(form.action, [("csrf", form.value("csrf")), *typed])
    return browser.submit(asked, "/smp/provider", more=[("provider", _label(asked, ncp))])


def asked(browser: Browser, person: DemoPerson | None, **stated: str) -> Screen:
    """Go on to the provider: who is asking?"""
    onward = expected(browser, person, **stated)
    return browser.submit(onward, f"/ncp/{stated.get('ncp', 'DEMO-NO')[-2:].lower()}")


def logged_in(browser: Browser, asking: Screen, who: DemoPerson) -> Screen:
    """Log in as somebody: to the list of licenses, or to the page that there are none."""
    people = browser.submit(asking, "/login")
    form = people.form("/identity")
    button = [value for _, value in form.buttons].index(who.key)
    return browser.submit(people, "/identity", button)


def chosen(browser: Browser, licenses: Screen) -> Screen:
    """Tick everything, or what is ticked already, and see what would be sent."""
    return browser.submit(licenses, "/licenses")


def consented(browser: Browser, check: Screen) -> Screen:
    """Agree: to the page that posts the answer by itself."""
    return browser.submit(check, "/check")


def returned(browser: Browser, sending: Screen) -> Screen:
    """Let the page post the answer: back to the hospital."""
    return browser.submit(sending, "/smp/return")


def to_the_check(browser: Browser, who: DemoPerson, **stated: str) -> Screen:
    """Go the way up to the page before the consent."""
    return chosen(browser, logged_in(browser, asked(browser, who, **stated), who))


def all_the_way(browser: Browser, who: DemoPerson, **stated: str) -> Screen:
    """Go the whole way and read the verdict."""
    return returned(browser, consented(browser, to_the_check(browser, who, **stated)))


def exchange_id_of(screen: Screen) -> str:
    """Return the id of the exchange a provider's page belongs to."""
    return screen.url.split("/ncp/")[1].split("/")[1]


def sent_elmo(sites: Sites, sending: Screen) -> bytes:
    """Return the signed ELMO that a sending page posts."""
    document = sites.exchange(exchange_id_of(sending)).document
    assert document is not None
    return document


def _label(asked_for: Screen, acronym: str) -> str:
    start = asked_for.html.index(f"<bdi>{acronym}</bdi>")
    return asked_for.html[:start].rpartition('name="provider" value="')[2].partition('"')[0]
