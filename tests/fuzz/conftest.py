"""One demo world for what writes into it at random; no other test may see what is left."""

import pytest

from api.demo.world import Ports, make_world
from tests.exchange.sites import NOW, Sites
from tests.fuzz.callers import Actors


@pytest.fixture(scope="session")
def fuzzed_sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """Both sites, made once: keys and transcripts take seconds."""
    return Sites(make_world(tmp_path_factory.mktemp("fuzzed-world"), NOW, Ports()))


@pytest.fixture(scope="session")
def actors(fuzzed_sites: Sites) -> Actors:
    """The actors of an authority in that world, and the licenses they know of."""
    return Actors(fuzzed_sites)
