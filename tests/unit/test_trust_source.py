"""A trust source that follows its file: newer files in, older and broken ones out."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from licenses.errors import ConfigurationRefused
from licenses.model.trust import Purpose
from schema_ext.discovery.trust_file import write_trust
from schema_ext.discovery.trust_source import TrustFileSource
from tests.trust_samples import ENDS, NOW, authority, signing_key, smp, trust_content, trusted

ROOT = signing_key(Purpose.TRUST)


class _Watched:
    """A trust file on the disk, a source that follows it, and what the source complained of."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "trust.json"
        self.now = NOW
        self.complaints: list[str] = []
        self.put(sequence=7)
        self.source = TrustFileSource(
            self.path,
            ROOT.kid,
            lambda: self.now,
            on_refusal=lambda refusal: self.complaints.append(str(refusal)),
        )

    def put(self, octets: bytes | None = None, **fields: Any) -> None:
        """Replace the file as an operator would, so that no reader sees half of it."""
        new = self.path.with_suffix(".new")
        new.write_bytes(write_trust(trust_content(**fields), ROOT) if octets is None else octets)
        new.replace(self.path)


@pytest.fixture
def watched(tmp_path: Path) -> _Watched:
    return _Watched(tmp_path)


def test_a_source_takes_over_a_newer_file(watched: _Watched) -> None:
    watched.put(sequence=8, smps=())

    assert watched.source.smps() == ()
    assert watched.source.sequence == 8
    assert watched.complaints == []


def test_a_source_answers_as_its_file_does(watched: _Watched) -> None:
    known = authority().authority.id
    seal = trusted(Purpose.SEAL)

    assert watched.source.authorities() == (authority(),)
    assert watched.source.authority(known) == authority()
    assert watched.source.key_for(known, Purpose.SEAL, seal.kid) == seal


def test_an_older_file_put_back_is_noticed_once_and_not_used(watched: _Watched) -> None:
    watched.put(sequence=6, authorities=())

    assert watched.source.authorities() == (authority(),)
    assert watched.source.authorities() == (authority(),)
    assert watched.source.sequence == 7
    assert watched.complaints == ["An older trust file was put back; it is not used."]


@pytest.mark.parametrize("octets", [b"", b"{}", b"garbage"])
def test_a_broken_file_leaves_the_last_good_one_in_force(watched: _Watched, octets: bytes) -> None:
    watched.put(octets)
    assert watched.source.authorities() == (authority(),)
    assert len(watched.complaints) == 1

    watched.put(sequence=9, smps=())

    assert watched.source.smps() == ()
    assert len(watched.complaints) == 1


def test_a_vanished_file_leaves_the_last_good_one_in_force(watched: _Watched) -> None:
    watched.path.unlink()

    for _ in range(3):
        assert watched.source.smps() == (smp(),)
    assert len(watched.complaints) == 1

    watched.put(sequence=8, smps=())
    assert watched.source.smps() == ()


def test_when_the_file_in_use_expires_nobody_is_known_any_more(watched: _Watched) -> None:
    watched.now = NOW + timedelta(days=30)

    assert watched.source.authorities() == ()
    assert watched.source.authority(authority().authority.id) is None
    assert watched.source.smps() == ()
    assert watched.complaints == ["The trust file in use has expired."]

    watched.put(sequence=8, expires=ENDS)
    assert watched.source.authorities() == (authority(),)


def test_a_touched_file_is_read_again_and_nothing_changes(watched: _Watched) -> None:
    os.utime(watched.path, (1, 1))

    assert watched.source.authorities() == (authority(),)
    assert watched.complaints == []


@pytest.mark.parametrize("octets", [None, b"", b"{}"])
def test_a_server_does_not_start_without_a_good_file(tmp_path: Path, octets: bytes | None) -> None:
    path = tmp_path / "trust.json"
    if octets is not None:
        path.write_bytes(octets)

    with pytest.raises(ConfigurationRefused):
        TrustFileSource(path, ROOT.kid, lambda: NOW, on_refusal=lambda _: None)
