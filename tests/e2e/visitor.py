"""The steps of the way as people take them: the employer at the hospital, the holder at home.

A step acts as a user does, by label and button, and leaves a picture of the page it led to where
pictures are asked for. What is read off the verdict is what stands on the page.
"""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page

from api.demo.people import DemoPerson
from api.demo.world import Ports

CANCEL = "Cancel: nothing is sent"


@dataclass(frozen=True)
class Card:
    """One card of a verdict: the band's words, what they are about, and the lines by label."""

    band: str
    about: str
    sentence: str
    lines: dict[str, str]
    conditions: dict[str, tuple[str, ...]]
    advice: tuple[str, ...]


class Visitor:
    """Somebody at a browser tab."""

    def __init__(self, page: Page, ports: Ports, pictures: Path | None) -> None:
        self.page, self.ports, self._pictures, self._taken = page, ports, pictures, 0

    def open(self, path: str = "/") -> None:
        """Open a page of the hospital."""
        self.page.goto(f"{self.ports.hospital_origin}{path}")
        self.picture("hospital")

    def press(self, words: str) -> None:
        """Press a button by its words, and see the next page begin."""
        # A click returns before the page it leads to; what is read then is the old one.
        with self.page.expect_navigation(wait_until="commit"):
            self.page.get_by_role("button", name=words).first.click()

    def reload(self) -> None:
        """Load the page again, once it stands."""
        self.page.wait_for_load_state()
        self.page.reload()

    def go_back(self) -> None:
        """Go one page back, once this one stands."""
        self.page.wait_for_load_state()
        self.page.go_back()

    def expect(self, person: DemoPerson | None, territory: str = "") -> None:
        """Say whom the hospital expects, where; None leaves the person empty."""
        self.open("/smp/start")
        self.fill_expectation(person, territory)
        self.picture("expected")
        self.press("Continue")

    def fill_expectation(self, person: DemoPerson | None, territory: str = "") -> None:
        """Fill in the questions both forms of the hospital ask."""
        if person is not None:
            name, born = person.person.names[0], person.person.birth_date
            self.page.get_by_label("Given names").fill(name.given or "")
            self.page.get_by_label("Family name").fill(name.family or "")
            parts = (("Day", born.day), ("Month", born.month), ("Year", born.year))
            for label, number in parts:
                self.page.get_by_label(label).fill(str(number))
        if territory:
            self.page.get_by_label("Where is the person to work?").select_option(label=territory)

    def choose_provider(self, acronym: str = "DEMO-NO") -> None:
        """Choose the provider, and stand before the way on to it."""
        self.page.get_by_label(acronym).check()
        self.picture("provider")
        self.press("Continue")
        self.picture("continue")

    def go_to_provider(self) -> None:
        """Hand the screen over to the holder."""
        self.press("Continue to")
        self.picture("asking")

    def log_in(self, person: DemoPerson) -> None:
        """Log in as one of the demo's people."""
        self.press("Log in to continue")
        self.picture("login")
        self.press(person.person.names[0].full)
        self.picture("licenses")

    def tick_all(self) -> None:
        """Tick every license, those without a right too."""
        # `all` counts what is there already and waits for nothing.
        self.page.get_by_role("button", name="Continue: check what will be sent").wait_for()
        for box in self.page.get_by_role("checkbox").all():
            box.check()

    def check(self) -> None:
        """Go on to what will be sent."""
        self.press("Continue: check what will be sent")
        self.picture("check")

    def send(self) -> None:
        """Consent; the answer posts itself, and the hospital shows the verdict."""
        self.press("Send to City Hospital")
        self.wait_for_hospital()
        self.picture("verdict")

    def wait_for_hospital(self) -> None:
        """Wait until the answer has come back."""
        self.page.wait_for_url(f"{self.ports.hospital_origin}/smp/session/*")

    def stand_at_provider(self, person: DemoPerson, territory: str, provider: str) -> None:
        """Go from the hospital's first question to the provider's first screen."""
        self.expect(person, territory)
        self.choose_provider(provider)
        self.go_to_provider()

    def go_the_way(
        self,
        person: DemoPerson,
        territory: str,
        provider: str = "DEMO-NO",
        expected: DemoPerson | None = None,
    ) -> list[Card]:
        """Go the whole way with all licenses of a person; return the verdict."""
        self.stand_at_provider(expected or person, territory, provider)
        self.log_in(person)
        self.tick_all()
        self.check()
        self.send()
        return self.cards()

    def go_the_way_to_sending(self, person: DemoPerson) -> None:
        """Go the way to the page that posts the answer; it stays there without JavaScript only."""
        self.stand_at_provider(person, "Norway", "DEMO-NO")
        self.log_in(person)
        self.check()
        self.press("Send to City Hospital")
        self.picture("sending")

    def cards(self) -> list[Card]:
        """Return the cards of the verdict page, in their order."""
        return [_card(one) for one in self.page.locator("article.card").all()]

    @property
    def heading(self) -> str:
        """The page's one main heading."""
        return self.page.locator("h1").inner_text()

    def text(self) -> str:
        """Return what the page says."""
        return self.page.locator("main").inner_text()

    def picture(self, name: str) -> None:
        """Take a picture of the whole page, where pictures are asked for."""
        if self._pictures is None:
            return
        self._taken += 1
        self.page.wait_for_load_state()
        self._pictures.mkdir(parents=True, exist_ok=True)
        path = self._pictures / f"{self._taken:02}-{name}.png"
        self.page.screenshot(path=path, full_page=True)

    def printed(self, path: Path) -> Path:
        """Print the page to a PDF, as the browser would on paper; return the file."""
        self.page.pdf(path=path, format="A4")
        if self._pictures is not None:
            self._pictures.mkdir(parents=True, exist_ok=True)
            (self._pictures / "print.pdf").write_bytes(path.read_bytes())
        return path


def _card(card: Locator) -> Card:
    band, heading = card.locator(".band .loud").inner_text(), card.locator(".band h2").inner_text()
    return Card(
        band=band,
        about=heading.partition(band)[2].removeprefix(":").strip(),
        sentence=card.locator("p.sentence").inner_text(),
        lines={
            line.locator("dt").inner_text(): line.locator(".answer > span").last.inner_text()
            for line in card.locator("> dl.lines > .line").all()
        },
        conditions={
            part.locator("h3").inner_text(): tuple(part.locator("li").all_inner_texts())
            for part in card.locator(".conditions > div").all()
        },
        advice=tuple(card.locator(".next li").all_inner_texts()),
    )
