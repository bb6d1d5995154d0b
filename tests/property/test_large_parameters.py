"""The quick engines for large documents say what the standard library says, of rubbish too."""

import base64
import gzip
import random
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licenses.errors import MalformedDocument
from schema_ext.exchange import elmo_parameter
from schema_ext.exchange.elmo_parameter import decode_elmo, encode_elmo

NOISE = random.Random(5).randbytes(90_000)
TEXT = b"<elmo>" + b"<a>Authorised nurse &amp; midwife</a>" * 4_000 + b"</elmo>"
MEMBERS = [gzip.compress(NOISE + TEXT, compresslevel=level, mtime=0) for level in (0, 1, 6, 9)] + [
    base64.b64decode(encode_elmo(TEXT + NOISE))
]

Answer = tuple[str, bytes]


def answer_of(inflate: Callable[[bytes, int], bytes], packed: bytes, limit: int) -> Answer:
    """Return the reason of the refusal, or the document."""
    try:
        return "read", inflate(packed, limit)
    except MalformedDocument as refusal:
        return refusal.reason, b""


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A large member with some octets changed, cut, doubled, or something behind it."""
    packed = bytearray(draw(st.sampled_from(MEMBERS)))
    ends = st.integers(0, 40) | st.integers(len(packed) - 12, len(packed) - 1)
    for place in draw(st.lists(ends | st.integers(0, len(packed) - 1), max_size=3)):
        packed[place] = draw(st.integers(0, 255))
    cut = draw(st.none() | st.integers(70_000, len(packed)))
    return bytes(packed[:cut]) + draw(st.sampled_from([b"", b"\0", b" ", MEMBERS[0], b"<elmo/>"]))


@given(damaged(), st.sampled_from([10_000, len(NOISE + TEXT), 10 * 2**20]))
def test_both_engines_give_the_same_answer(packed: bytes, limit: int) -> None:
    assert len(packed) > elmo_parameter._LARGE

    assert answer_of(elmo_parameter._inflate, packed, limit) == answer_of(
        elmo_parameter._inflated_by_zlib, packed, limit
    ) or not packed.startswith(b"\x1f\x8b")


@given(st.text(st.sampled_from("ABab01+/=-_ \n\t\f*é"), max_size=12))
def test_base64_is_read_as_the_standard_library_reads_it_but_for_padding_too_many(
    text: str,
) -> None:
    restored = text.translate({32: "+", 9: None, 10: None, 13: None})
    try:
        expected = base64.b64decode(restored, validate=True)
    except ValueError:
        expected = None
    if expected is not None and base64.b64encode(expected).decode()[-2:] != restored[-2:]:
        # Excess padding, and bits behind the last octet that are not zero.
        expected = None if len(restored) % 4 else expected

    try:
        found = elmo_parameter._from_base64(text)
    except MalformedDocument:
        found = None

    assert found == expected


@pytest.mark.parametrize("size", [65_536, 65_537, 500_000])
def test_a_large_document_comes_back_and_every_gzip_can_read_it(size: int) -> None:
    document = (TEXT + NOISE)[:size] if size < 200_000 else random.Random(1).randbytes(size)

    field = encode_elmo(document)

    assert decode_elmo(field) == document
    assert gzip.decompress(base64.b64decode(field)) == document
    assert field == encode_elmo(document)
    assert field.startswith("H4sIAAAAAAA")
    assert len(field) % 4 == 0


def test_a_large_member_with_a_name_is_read() -> None:
    bare = MEMBERS[1]

    named = bare[:3] + b"\x08" + bare[4:10] + b"elmo.xml\0" + bare[10:]

    assert zlib.decompress(named, 31) == decode_elmo(base64.b64encode(named).decode())
