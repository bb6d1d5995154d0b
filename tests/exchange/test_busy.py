"""While too many large documents wait, the next is asked to come again, and nothing is lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from time import sleep

import pytest

from api.demo.people import KARI
from api.verify_pool import NEAR_OCTETS, PooledVerifier
from licenses.model.verdict import Circumstances, DocumentVerdict
from tests.exchange.browser import Browser
from tests.exchange.forging import Forge, posted
from tests.exchange.sites import HOSPITAL, Session, Sites, expecting
from tests.exchange.test_uploads import handed_in

_SECONDS = 3.0
_LARGE = b"<a>" + b" " * NEAR_OCTETS + b"</a>"


class Asleep:
    """A verifier that needs longer than anybody waits."""

    def verdict(self, carried: bytes, circumstances: Circumstances) -> DocumentVerdict:
        sleep(60)
        raise AssertionError


@pytest.fixture
def busy(sites: Sites) -> Iterator[Sites]:
    """Let one document take all of the hospital's time for some seconds."""
    receiver = sites.receiver
    pool = PooledVerifier(
        receiver.verifier, Asleep, lambda: datetime.now(UTC), _SECONDS, most_waiting=0
    )
    desk = receiver.desk._replace(verifier=pool)
    state = sites.servers.by_origin[HOSPITAL].app.state
    state.receiver = replace(receiver, verifier=pool, desk=desk)
    with ThreadPoolExecutor(1) as threads:
        threads.submit(pool.verdict, _LARGE, Circumstances())
        sleep(0.2)
        yield sites
    state.receiver = receiver
    pool.close()


def test_a_large_file_is_asked_to_come_again_and_a_small_one_is_read(
    busy: Sites, browser: Browser, forge: Forge
) -> None:
    large = handed_in(browser, _LARGE)
    small = handed_in(browser, forge.answer(Session(busy)))

    assert (large.status, large.response.headers["Retry-After"]) == (503, "5")
    assert "busy" in large.text
    assert "send this one again" in large.text
    assert small.status == 200


def test_a_large_answer_that_is_sent_again_later_still_finds_its_session(
    busy: Sites, forge: Forge
) -> None:
    session = Session(busy, expecting(KARI))
    elmo = posted(forge.answer(session))

    refused = session.answered(posted(_LARGE))
    before = session.kept
    shown = session.answered(elmo)

    assert refused.status == 503
    assert before.used_at is None
    assert "May work here" in shown.text
