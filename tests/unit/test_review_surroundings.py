"""What a review of the verifier's surroundings found: silence, drops, and a clock a second off."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from api.clients.status import StatusClient
from api.settings import read_site
from licenses.errors import ConfigurationRefused, DocumentRejected, Unavailable
from licenses.model.reasons import Reason
from licenses.model.trust import Purpose, TrustedAuthority
from schema_ext.discovery.trust_file import write_trust
from schema_ext.discovery.trust_source import TrustFileSource
from schema_ext.status_finding import asking_once
from schema_ext.status_token import read_status, sign_status
from tests.trust_samples import NOW, authority, signing_key, statement, trust_content

ROOT = signing_key(Purpose.TRUST)
SEAL_ID = "ab" * 16


class _Drops(httpx.SyncByteStream):
    """An answer of which an octet comes every two seconds, without end."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self.seconds += 2
            yield b"."


def test_an_authority_that_answers_in_drops_is_given_up() -> None:
    drops = _Drops()
    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=drops))
    client = StatusClient(httpx.Client(transport=transport), lambda: drops.seconds)

    with pytest.raises(Unavailable):
        client.ask(authority(), SEAL_ID)

    assert drops.seconds <= 4


def test_a_silent_authority_is_waited_for_once_a_document() -> None:
    asked: list[str] = []

    def silent(one: TrustedAuthority, _seal_id: str) -> str | None:
        asked.append(one.authority.id)
        raise Unavailable("nobody there")

    ask = asking_once(silent)
    for _ in range(3):
        with pytest.raises(Unavailable):
            ask(authority(), SEAL_ID)

    assert asked == [authority().authority.id]


def test_an_authority_that_answers_is_asked_about_every_seal() -> None:
    ask = asking_once(lambda _, seal_id: seal_id)

    assert [ask(authority(), seal_id) for seal_id in ("a", "b")] == ["a", "b"]


def test_a_trust_file_a_second_ahead_of_this_clock_is_taken_over_a_minute_later(
    tmp_path: Path,
) -> None:
    path, clock, complaints = tmp_path / "trust.json", [NOW], list[str]()
    path.write_bytes(write_trust(trust_content(sequence=7), ROOT))
    source = TrustFileSource(
        path, ROOT.kid, lambda: clock[0], on_refusal=lambda one: complaints.append(str(one))
    )

    ahead = trust_content(sequence=8, smps=(), issued=NOW + timedelta(seconds=1))
    path.write_bytes(write_trust(ahead, ROOT))
    assert source.smps() != ()
    assert source.smps() != ()
    assert complaints == ["The trust file bears a time that has not come yet."]

    clock[0] = NOW + timedelta(minutes=1)
    assert source.smps() == ()
    assert source.sequence == 8
    assert len(complaints) == 1


@pytest.mark.parametrize(
    "origin",
    [
        "http://hospital.example",
        "https://hospital.example/",
        "https://Hospital.example",
        "https://hospital.example:443",
        "https://user@hospital.example",
        "ftp://hospital.example",
    ],
)
def test_an_origin_no_document_would_be_made_for_is_refused(tmp_path: Path, origin: str) -> None:
    site = tmp_path / "site.toml"
    site.write_text(
        f'name = "A"\norigin = "{origin}"\nport = 1\ndatabase = "a"\nsecrets = "b"\nkeys = "c"\n'
        f'[network]\ntrust = "t"\ntrust_root = "{"0" * 64}"\nemps = "e"\n',
        encoding="utf-8",
    )

    with pytest.raises(ConfigurationRefused, match="origin"):
        read_site(site)


def test_a_statement_about_a_seal_that_is_yet_to_be_made_is_not_believed() -> None:
    stated = statement(sealed_at=NOW + timedelta(days=30))

    with pytest.raises(DocumentRejected) as caught:
        read_status(sign_status(stated, signing_key(Purpose.STATUS)), authority(), now=NOW)

    assert caught.value.reason == Reason.STATUS_SIGNATURE
