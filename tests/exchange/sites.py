"""The two sites of the demo world in one process, at an instant that a test may set."""

from datetime import UTC, date, datetime
from pathlib import Path

import httpx

from api.bootstrap import application
from api.clients.status import StatusClient
from api.demo.people import DemoPerson
from api.demo.world import World
from api.settings import read_site
from api.sites import ProviderSite, ReceiverSite
from licenses.model.exchange import Exchange, Reception
from licenses.model.trust import TrustedNcp
from licenses.model.verdict import Expectation
from licenses.services import receive
from tests.exchange.browser import Browser, Fields, Screen, Server, Servers

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
NORTH, HOSPITAL = "http://localhost:8001", "http://127.0.0.1:8002"
RETURN = f"{HOSPITAL}/smp/return"


class ToldClock:
    """Says what it was told."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        """Return the instant."""
        return self.at


class Sites:
    """Both applications over one demo world, with one clock."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clock = ToldClock()
        self.servers = Servers()
        asker = StatusClient(httpx.Client(transport=self.servers))
        for origin, site in ((NORTH, world.north), (HOSPITAL, world.hospital)):
            # All tests of a session come from one address, so no limit may be met by the way.
            unlimited = {"pages_per_minute": 10**6, "status_per_minute": 10**6}
            settings = read_site(site).model_copy(update=unlimited)
            app = application(settings, self.clock, asker)
            self.servers.by_origin[origin] = Server(app)

    @property
    def folder(self) -> Path:
        """Where the keys of the authorities' site are kept."""
        return self.world.north.parent

    @property
    def provider(self) -> ProviderSite:
        """The providers' side, behind its pages."""
        site: ProviderSite = self.servers.by_origin[NORTH].app.state.provider
        return site

    @property
    def receiver(self) -> ReceiverSite:
        """The hospital's side, behind its pages."""
        site: ReceiverSite = self.servers.by_origin[HOSPITAL].app.state.receiver
        return site

    def browser(self) -> Browser:
        """Return a browser that knows neither site yet."""
        return Browser(self.servers)

    def ncp(self, slug: str = "no") -> TrustedNcp:
        """Return a provider as the hospital's registry lists it."""
        (found,) = [one for one in self.receiver.providers().ncps if one.url.endswith(slug)]
        return found

    def exchange(self, exchange_id: str) -> Exchange:
        """Return an exchange as the provider keeps it."""
        with self.provider.desk.unit_of_work() as uow:
            return uow.exchanges.get(exchange_id)

    def reception(self, session_id: str) -> Reception:
        """Return a session as the hospital keeps it."""
        with self.receiver.desk.unit_of_work() as uow:
            return uow.receptions.get(session_id)


class Session:
    """A session the hospital has opened, in the browser of its employee."""

    def __init__(self, sites: Sites, expected: Expectation | None = None, ncp: str = "no") -> None:
        self.sites = sites
        started = receive.start(
            sites.receiver.desk, sites.ncp(ncp), expected or Expectation(territory="NO")
        )
        self.id = started.reception.session_id
        self.url = f"{HOSPITAL}/smp/session/{self.id}"
        self.browser = sites.browser()
        self.browser.give(self.url, f"session-{self.id[:12]}", started.browser_secret)

    @property
    def kept(self) -> Reception:
        """The session as it is kept."""
        return self.sites.reception(self.id)

    def answered(self, elmo: str, code: str = "NCP_OK", message: str = "") -> Screen:
        """Post an answer as the provider's page does, and follow to what the hospital shows."""
        fields = [
            ("sessionId", self.id),
            ("returnCode", code),
            ("returnMessage", message),
            ("elmo", elmo),
        ]
        return self.browser.post(RETURN, fields, at=f"{NORTH}/ncp/no/x/answer")

    def verdict(self) -> str:
        """Return the verdict as JSON text."""
        return self.browser.get(f"{self.url}/verdict.json").response.text


def expecting(person: DemoPerson, territory: str = "NO") -> Expectation:
    """Return the expectation of an employer who knows name and birth date."""
    return Expectation(
        name=person.person.current_name, birth_date=person.person.birth_date, territory=territory
    )


def expectation_fields(person: DemoPerson | None, territory: str) -> Fields:
    """Return what an employer types about somebody."""
    if person is None:
        return [("territory", territory)]
    name, born = person.person.current_name, person.person.birth_date
    return [
        ("given", name.given),
        ("family", name.family),
        *_birth_fields(born),
        ("territory", territory),
    ]


def _birth_fields(born: date) -> Fields:
    return [
        ("birth_day", str(born.day)),
        ("birth_month", str(born.month)),
        ("birth_year", str(born.year)),
    ]
