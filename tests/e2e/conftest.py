"""One demo and one browser for all tests of a process; each test has a browser profile of its own.

Whatever a test does, at its end nothing may stand on the sites' stderr, the browser may not have
spoken to anybody else, and every page must have come with the headers that bind a browser.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Protocol

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from api.demo.people import KARI
from api.demo.world import make_world
from tests.e2e.demo_process import Demo, free_ports, start
from tests.e2e.screens import FLAGS
from tests.e2e.visitor import Visitor
from tests.e2e.watching import Watcher

CHROMIUM = Path("/usr/bin/chromium")
OFFICIAL = Path(__file__).parents[2] / ".." / "shared" / "elmo-official" / "1.7.0"
PICTURES = "LICENSE_EXCHANGE_SCREENSHOTS"

Scheme = Literal["light", "dark"]


class NewVisitor(Protocol):
    """Opens a browser profile of its own and a tab in it."""

    def __call__(
        self, *, width: int = 1200, scheme: Scheme = "light", javascript: bool = True
    ) -> Visitor:
        """Return whoever sits before it."""


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The two sites; the hospital judges by the official ELMO schema where there is one."""
    folder, ports = tmp_path_factory.mktemp("demo") / "world", free_ports()
    world = make_world(folder, datetime.now(UTC), ports)
    if OFFICIAL.is_dir():
        _set_elmo_schema(world.hospital)
    running = start(folder, ports).until_ready()
    try:
        yield running
    finally:
        code = running.interrupt()
    assert code == 0
    assert running.stderr == "Starting ...\nStopped.\n"


def _set_elmo_schema(site: Path) -> None:
    """Add the operator's setting; it belongs to the tables' head, so it comes first."""
    setting = f'elmo_schema = "{OFFICIAL.resolve()}"\n'
    site.write_text(setting + site.read_text(encoding="utf-8"), encoding="utf-8")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver of the browser."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's chromium; without it skip, but fail where CI promised to have it."""
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is not installed on this machine"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    launched = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
    yield launched
    launched.close()


@pytest.fixture
def pictures(request: pytest.FixtureRequest) -> Path | None:
    """Where this test's pictures go; None while nobody asked for any."""
    asked = os.environ.get(PICTURES)
    return None if asked is None else Path(asked) / request.node.name.removeprefix("test_")


@contextmanager
def _visiting(
    browser: Browser,
    demo: Demo,
    pictures: Path | None,
    *,
    width: int = 1200,
    scheme: Scheme = "light",
    javascript: bool = True,
) -> Iterator[Visitor]:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        java_script_enabled=javascript,
    )
    context.set_default_timeout(60_000)  # a busy machine is no failure
    watcher = Watcher(context, demo.ports)
    yield Visitor(context.new_page(), demo.ports, pictures)
    context.close()
    watcher.require_peace()
    assert demo.stderr == "Starting ...\n"


@pytest.fixture
def new_visitor(demo: Demo, browser: Browser, pictures: Path | None) -> Iterator[NewVisitor]:
    """Makes visitors, each with a browser profile of its own."""
    with ExitStack() as opened:

        def made(
            *, width: int = 1200, scheme: Scheme = "light", javascript: bool = True
        ) -> Visitor:
            return opened.enter_context(
                _visiting(
                    browser, demo, pictures, width=width, scheme=scheme, javascript=javascript
                )
            )

        yield made


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    """A visitor at a wide screen with JavaScript."""
    return new_visitor()


@pytest.fixture(scope="session")
def answered(demo: Demo, browser: Browser) -> Iterator[tuple[Visitor, str]]:
    """Somebody who got the answer on Kari's license, and its address; for those who only read."""
    with _visiting(browser, demo, None) as one:
        one.go_the_way(KARI, "Norway")
        yield one, one.page.url


@pytest.fixture
def reader(answered: tuple[Visitor, str], pictures: Path | None) -> Visitor:
    """Somebody who stands before the answer on Kari's license, as it is shown at first."""
    one, address = answered
    one.page.goto(address)
    return Visitor(one.page, one.ports, pictures)
