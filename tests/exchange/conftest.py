"""One demo world a test session, made by the real services; every test goes its own way in it."""

from collections.abc import Iterator

import pytest

from tests.exchange.browser import Browser
from tests.exchange.forging import Forge
from tests.exchange.one_world import copied_world
from tests.exchange.sites import NOW, Sites


@pytest.fixture(scope="session")
def two_sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """Both sites, made once: keys and transcripts take seconds."""
    return Sites(copied_world(tmp_path_factory, "demo-world"))


@pytest.fixture
def sites(two_sites: Sites) -> Iterator[Sites]:
    """Both sites, at NOW again after the test."""
    yield two_sites
    two_sites.clock.at = NOW


@pytest.fixture
def browser(sites: Sites) -> Browser:
    return sites.browser()


@pytest.fixture(scope="session")
def forge(two_sites: Sites) -> Forge:
    """Whoever holds all keys of the authorities' site."""
    return Forge(two_sites)
