"""The vault: what it locks stays locked, in its place, and only its key opens it."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licenses.errors import ConfigurationRefused
from licenses.storage import Vault, create_master_key, load_master_key
from tests.storage.conftest import MASTER_KEY

VAULT = Vault(MASTER_KEY)


@given(st.binary(max_size=2000))
def test_what_is_sealed_for_a_person_opens_again(plain: bytes) -> None:
    wrapped, box = VAULT.new_person("authority", "holder")

    sealed = box.seal("person", plain)

    assert VAULT.person("authority", "holder", wrapped).open("person", sealed) == plain


@given(st.binary(max_size=200), st.data())
def test_any_flipped_bit_is_noticed(plain: bytes, data: st.DataObject) -> None:
    box = VAULT.row("exchange", "1")
    sealed = bytearray(box.seal("content", plain))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8

    with pytest.raises(ConfigurationRefused):
        box.open("content", bytes(sealed))


@pytest.mark.parametrize("cut", [0, 1, 12, 27])
def test_a_text_cut_short_is_noticed(cut: int) -> None:
    box = VAULT.row("exchange", "1")

    with pytest.raises(ConfigurationRefused):
        box.open("content", box.seal("content", b"")[:cut])


def test_a_ciphertext_opens_in_its_own_column_only() -> None:
    _, box = VAULT.new_person("authority", "holder")
    sealed = box.seal("person", b"Haugland")

    with pytest.raises(ConfigurationRefused):
        box.open("identifiers", sealed)


@pytest.mark.parametrize("place", [("authority", "another"), ("another", "holder")])
def test_a_wrapped_key_opens_for_its_own_person_only(place: tuple[str, str]) -> None:
    wrapped, box = VAULT.new_person("authority", "holder")

    with pytest.raises(ConfigurationRefused):
        VAULT.person(*place, wrapped).open("person", box.seal("person", b"Haugland"))


@pytest.mark.parametrize("row", [("exchange", "2"), ("reception", "1")])
def test_a_ciphertext_opens_in_its_own_row_only(row: tuple[str, str]) -> None:
    sealed = VAULT.row("exchange", "1").seal("content", b"Haugland")

    with pytest.raises(ConfigurationRefused):
        VAULT.row(*row).open("content", sealed)


def test_another_master_key_opens_nothing() -> None:
    wrapped, _ = VAULT.new_person("authority", "holder")

    with pytest.raises(ConfigurationRefused):
        Vault(bytes(32)).person("authority", "holder", wrapped)


def test_equal_texts_are_sealed_differently() -> None:
    box = VAULT.row("exchange", "1")

    assert box.seal("content", b"same") != box.seal("content", b"same")


def test_keyed_hashes_differ_by_purpose_by_parts_and_by_key() -> None:
    hashes = [
        VAULT.keyed_hash("identifier", "a", "bc"),
        VAULT.keyed_hash("identifier", "ab", "c"),
        VAULT.keyed_hash("identifier", "abc"),
        VAULT.keyed_hash("head", "a", "bc"),
        Vault(bytes(32)).keyed_hash("identifier", "a", "bc"),
    ]

    assert len(set(hashes)) == len(hashes)
    assert VAULT.keyed_hash("identifier", "a", "bc") == hashes[0]


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_master_key_has_32_bytes(length: int) -> None:
    with pytest.raises(ConfigurationRefused):
        Vault(bytes(length))


def test_a_new_master_key_is_read_back_and_private(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    before = os.umask(0)
    try:
        key = create_master_key(path)
    finally:
        os.umask(before)

    assert load_master_key(path) == key
    assert len(key) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_new_master_keys_differ(tmp_path: Path) -> None:
    assert create_master_key(tmp_path / "1") != create_master_key(tmp_path / "2")


def test_a_master_key_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    key = create_master_key(path)

    with pytest.raises(ConfigurationRefused):
        create_master_key(path)

    assert load_master_key(path) == key


@pytest.mark.parametrize("loose", [0o640, 0o604, 0o620, 0o601])
def test_a_master_key_others_may_touch_is_refused(tmp_path: Path, loose: int) -> None:
    path = tmp_path / "master.key"
    create_master_key(path)
    path.chmod(loose)

    with pytest.raises(ConfigurationRefused, match="0600"):
        load_master_key(path)


@pytest.mark.parametrize("content", [b"", b"not hex", b"ab" * 31, b"ab" * 33, b"\xff" * 32])
def test_a_file_without_a_key_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "master.key"
    path.write_bytes(content)
    path.chmod(0o600)

    with pytest.raises(ConfigurationRefused):
        load_master_key(path)


@pytest.mark.parametrize("name", ["missing", "."])
def test_no_file_is_no_key(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigurationRefused):
        load_master_key(tmp_path / name)
