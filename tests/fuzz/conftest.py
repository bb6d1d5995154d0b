"""One demo world for what writes into it at random; no other test may see what is left."""

import pytest

from tests.exchange.one_world import copied_world
from tests.exchange.sites import Sites
from tests.fuzz.callers import Actors


@pytest.fixture(scope="session")
def fuzzed_sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """Both sites, made once: keys and transcripts take seconds."""
    return Sites(copied_world(tmp_path_factory, "fuzzed-world"))


@pytest.fixture(scope="session")
def actors(fuzzed_sites: Sites) -> Actors:
    """The actors of an authority in that world, and the licenses they know of."""
    return Actors(fuzzed_sites)
