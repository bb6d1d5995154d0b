"""The keys of an installation: each folder opened once, and only when one of its keys is needed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.own_keys import OwnKeys
from licenses.errors import ConfigurationRefused
from licenses.model.trust import Purpose

_NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
_LONG = timedelta(days=30)


def _made(folder: Path, *owners: str) -> dict[str, str]:
    """Make a seal key for each owner; return their key ids."""
    keys = OwnKeys(folder, lambda: "correct horse")
    return {
        owner: keys.of(owner).create(Purpose.SEAL, owner, _NOW - _LONG, _NOW + _LONG).kid
        for owner in owners
    }


def test_each_owner_gets_the_key_of_the_own_folder(tmp_path: Path) -> None:
    kids = _made(tmp_path, "north", "south")

    loaded = OwnKeys(tmp_path, lambda: "correct horse").load(
        {"1": "north", "2": "south"}, Purpose.SEAL, _NOW
    )

    assert {owner: key.kid for owner, key in loaded.items()} == {
        "1": kids["north"],
        "2": kids["south"],
    }


def test_a_folder_is_opened_once(tmp_path: Path) -> None:
    asked = iter(["correct horse"])
    keys = OwnKeys(tmp_path, lambda: next(asked))

    assert keys.of("north") is keys.of("north")
    assert list(asked) == []


def test_without_owners_nobody_is_asked_for_the_passphrase(tmp_path: Path) -> None:
    asked = iter(["correct horse"])
    keys = OwnKeys(tmp_path, lambda: next(asked))

    assert keys.load({}, Purpose.SEAL, _NOW) == {}
    assert list(asked) == ["correct horse"]


@pytest.mark.parametrize("purpose", [Purpose.STATUS, Purpose.NCP])
def test_one_missing_key_refuses_them_all(tmp_path: Path, purpose: Purpose) -> None:
    _made(tmp_path, "north")

    with pytest.raises(ConfigurationRefused):
        OwnKeys(tmp_path, lambda: "correct horse").load({"1": "north"}, purpose, _NOW)


def test_a_wrong_passphrase_opens_nothing(tmp_path: Path) -> None:
    _made(tmp_path, "north")

    with pytest.raises(ConfigurationRefused, match="passphrase"):
        OwnKeys(tmp_path, lambda: "another").load({"1": "north"}, Purpose.SEAL, _NOW)
