"""What the `elmo` field may hold, and the one reason each other thing is refused for."""

import base64
import gzip
import random
import re
import zlib
from pathlib import Path

import pytest

from licenses.errors import MalformedDocument
from schema_ext.caps import MAX_INFLATED, MAX_POSTED
from schema_ext.exchange.elmo_parameter import decode_elmo, encode_elmo

CORPUS = Path(__file__).resolve().parents[2] / "../shared/elmo-corpus"
XML = b"<elmo><learner/></elmo>"
MEMBER = gzip.compress(XML, mtime=0)


def _field(packed: bytes) -> str:
    return base64.b64encode(packed).decode("ascii")


def _with_wrong_checksum(member: bytes) -> bytes:
    return member[:-8] + bytes(octet ^ 0xFF for octet in member[-8:-4]) + member[-4:]


REFUSED = {
    "raw XML": (XML.decode(), "not-gzip"),
    "raw XML after a byte order mark": ("\ufeff<elmo/>", "not-gzip"),
    "raw XML after a line break": ("\r\n <?xml version='1.0'?><elmo/>", "not-gzip"),
    "XML in base64 without gzip": (_field(XML), "not-gzip"),
    "nothing": ("", "gzip-corrupt"),
    "a zip file": (_field(b"PK\x03\x04" + bytes(30)), "gzip-corrupt"),
    "a zlib stream": (_field(zlib.compress(XML)), "gzip-corrupt"),
    "junk": ("!!! not base64 !!!", "not-base64"),
    "letters outside ASCII": ("H4sIæøå", "not-base64"),
    "the URL-safe alphabet": ("H4sI-_8=", "not-base64"),
    "missing padding": (_field(MEMBER[:10]).rstrip("="), "not-base64"),
    "padding in the middle": ("H4==" + _field(MEMBER), "not-base64"),
    "something after the padding": (_field(MEMBER[:10]) + "AAAA", "not-base64"),
    "a form feed": (_field(MEMBER)[:8] + "\f" + _field(MEMBER)[8:], "not-base64"),
    "only the magic number": (_field(b"\x1f\x8b"), "gzip-truncated"),
    "half a member": (_field(MEMBER[: len(MEMBER) // 2]), "gzip-truncated"),
    "a member without its last octet": (_field(MEMBER[:-1]), "gzip-truncated"),
    "an unknown compression method": (_field(b"\x1f\x8b\x07" + MEMBER[3:]), "gzip-corrupt"),
    "a broken block": (_field(MEMBER[:10] + b"\xff" * 20), "gzip-corrupt"),
    "a wrong checksum": (_field(_with_wrong_checksum(MEMBER)), "gzip-bad-checksum"),
    "a wrong length": (_field(MEMBER[:-4] + bytes(4)), "gzip-bad-checksum"),
    "two members": (_field(MEMBER + MEMBER), "gzip-several-members"),
    "a trailing octet": (_field(MEMBER + b"\0"), "gzip-trailing-bytes"),
    "a second document behind": (_field(MEMBER + XML), "gzip-trailing-bytes"),
    "a bomb over the cap": (
        _field(gzip.compress(bytes(MAX_INFLATED + 1))),
        "inflated-too-large",
    ),
    "a bomb under the cap": (_field(gzip.compress(bytes(5 * 2**20))), "inflation-ratio"),
    "more text than a form may hold": ("A" * (MAX_POSTED + 1), "too-large"),
}


@pytest.mark.parametrize(("parameter", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_bad_field_is_refused_for_its_own_reason(parameter: str, reason: str) -> None:
    with pytest.raises(MalformedDocument) as caught:
        decode_elmo(parameter)

    assert caught.value.reason == reason


def test_raw_xml_is_called_by_its_name() -> None:
    with pytest.raises(MalformedDocument, match="raw XML"):
        decode_elmo("<elmo/>")


def test_an_unencoded_plus_that_became_a_space_is_restored() -> None:
    document = random.Random(7).randbytes(3000)
    field = encode_elmo(document)
    assert "+" in field

    assert decode_elmo(field.replace("+", " ")) == document


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\t"])
def test_line_breaks_of_a_mime_encoder_are_tolerated(line_break: str) -> None:
    field = encode_elmo(XML)

    assert decode_elmo(line_break.join([field[:20], field[20:40], field[40:], ""])) == XML


def test_a_member_with_name_time_and_comment_is_read() -> None:
    named = MEMBER[:3] + b"\x18" + b"\x01\x02\x03\x04" + MEMBER[8:10] + b"elmo.xml\0ours\0"

    assert decode_elmo(_field(named + MEMBER[10:])) == XML


def test_exactly_the_limit_is_accepted_and_one_octet_more_is_not() -> None:
    assert decode_elmo(encode_elmo(b"x" * 100), limit=100) == b"x" * 100
    with pytest.raises(MalformedDocument) as caught:
        decode_elmo(encode_elmo(b"x" * 101), limit=100)
    assert caught.value.reason == "inflated-too-large"


def test_a_small_document_may_repeat_itself_as_much_as_it_likes() -> None:
    assert decode_elmo(encode_elmo(bytes(2**20))) == bytes(2**20)


def test_a_written_field_is_one_line_with_padding_and_without_a_time() -> None:
    field = encode_elmo(XML)

    assert field.startswith("H4sIAAAAAAA")
    assert len(field) % 4 == 0
    assert not set(field) & set(" \r\n\t-_")


@pytest.mark.parametrize(
    "sample",
    [
        "fi-smp/elmo_vastaus_base64_gzipped.txt",
        "dk-emrex/elmo-tomcat-signed-zipped-base64.txt",
        "dk-emrex/elmo-wl-signed-zipped-base64.txt",
    ],
)
def test_a_field_of_a_running_provider_is_read(sample: str) -> None:
    path = CORPUS / sample
    if not path.exists():
        pytest.skip(f"the sample {sample} is not here")

    assert re.search(rb"<(ns0:)?elmo ", decode_elmo(path.read_text("ascii").strip()))
