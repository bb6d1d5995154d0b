"""The `elmo` field of an EMREX response: one document, gzipped and written as base64.

Turns octets into the field and back, with a bound on everything that comes from outside. What
the octets are is not looked at: parsing is `schema_ext.parsing`, trust the verifier's.

isal inflates up to twice and deflates twenty times as fast as zlib; below `_LARGE` a document is
packed by zlib, whose files are smaller. Only what isal finds whole is taken from it: anything
else is inflated again by zlib, whose word decides and names the fault.

Source: EMREX technical guide, "Receiving a response"; RFC 1952; RFC 4648 §4; security.md E8, E9.
"""

import binascii
import gzip
import zlib
from typing import Final, Never

import pybase64
from isal import igzip, isal_zlib

from licenses.errors import MalformedDocument
from schema_ext.caps import MAX_INFLATED, MAX_POSTED, MAX_RATIO, RATIO_FLOOR

_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
# An unencoded plus reaches us as a space (wire.md 3); line breaks come from MIME encoders.
_RESTORED = str.maketrans({" ": "+", "\r": None, "\n": None, "\t": None})
_LARGE: Final = 64 * 1024
# A member without a name, comment or check of its header; those are left to zlib.
_BARE_MEMBER: Final = _GZIP_MAGIC + b"\x08\0"
# zlib tells a wrong check value from a broken stream in its message only.
_CHECK_FAILED = ("data check", "length check", "header crc")


def encode_elmo(document: bytes) -> str:
    """Return `document` as one gzip member without time or name, in base64 on one line.

    The same octets always give the same text. A PDF inside leaves little to gain, so a large
    document is packed at the quickest level. A document that repeats itself more than 200:1
    beyond 1 MiB would be refused by `decode_elmo`; no signed ELMO does.
    """
    if len(document) > _LARGE:
        packed = igzip.compress(document, compresslevel=1, mtime=0)
    else:
        packed = gzip.compress(document, compresslevel=6, mtime=0)
    return pybase64.b64encode_as_string(packed)


def decode_elmo(parameter: str, *, limit: int = MAX_INFLATED) -> bytes:
    """Return the document inside the `elmo` form parameter of an EMREX response.

    Args:
        parameter: the field after form decoding, at most 8 MiB; spaces stand for `+`.
        limit: most octets to inflate, counted after decompression.

    Returns:
        The document byte for byte as it was packed; not parsed, not trusted.

    Raises:
        MalformedDocument: `too-large`, `not-base64`, `not-gzip`, `gzip-truncated`,
            `gzip-corrupt`, `gzip-bad-checksum`, `gzip-trailing-bytes`,
            `gzip-several-members`, `inflated-too-large` or `inflation-ratio`. What is not gzip
            is `not-gzip` where it is XML that was sent unpacked, and `gzip-corrupt` otherwise.
    """
    if len(parameter) > MAX_POSTED:
        raise MalformedDocument("too-large", "The elmo field is longer than 8 MiB.")
    if parameter.lstrip("\ufeff \t\r\n").startswith("<"):
        _refuse_raw_xml()
    return _inflate(_from_base64(parameter), limit)


def _from_base64(parameter: str) -> bytes:
    if any(mark in parameter for mark in " \r\n\t"):
        parameter = parameter.translate(_RESTORED)
    try:
        return pybase64.b64decode(parameter, validate=True)
    except (binascii.Error, ValueError):
        raise MalformedDocument("not-base64", "The elmo field is not base64.") from None


def _inflate(packed: bytes, limit: int) -> bytes:
    if not packed.startswith(_GZIP_MAGIC):
        if packed.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            _refuse_raw_xml()
        raise MalformedDocument("gzip-corrupt", "The elmo field does not hold a gzip file.")
    document = _inflated_by_isal(packed, limit)
    if document is None:
        document = _inflated_by_zlib(packed, limit)
    if len(document) > RATIO_FLOOR and len(document) > MAX_RATIO * len(packed):
        raise MalformedDocument(
            "inflation-ratio", "The document unpacks to more than 200 times its packed size."
        )
    return document


def _inflated_by_isal(packed: bytes, limit: int) -> bytes | None:
    """Return the document of one bare member that is whole; None says nothing."""
    if not packed.startswith(_BARE_MEMBER):
        return None
    inflater = isal_zlib.decompressobj(_GZIP_WINDOW)
    try:
        document: bytes = inflater.decompress(packed, limit + 1)
    except isal_zlib.error:  # type: ignore[misc] # its stubs call the class a value
        return None
    is_whole = inflater.eof and not inflater.unused_data and len(document) <= limit
    return document if is_whole else None


def _inflated_by_zlib(packed: bytes, limit: int) -> bytes:
    inflater = zlib.decompressobj(_GZIP_WINDOW)
    try:
        # One octet more than allowed tells "exactly the limit" from "beyond it".
        document = inflater.decompress(packed, limit + 1)
    except zlib.error as error:
        _refuse_stream(str(error))
    if len(document) > limit:
        raise MalformedDocument(
            "inflated-too-large", f"The unpacked document is larger than {limit} octets."
        )
    if not inflater.eof:
        raise MalformedDocument("gzip-truncated", "The gzip file in the elmo field is cut short.")
    _check_rest(inflater.unused_data)
    return document


def _check_rest(rest: bytes) -> None:
    if rest.startswith(_GZIP_MAGIC):
        raise MalformedDocument(
            "gzip-several-members", "The elmo field holds more than one gzip member."
        )
    if rest:
        raise MalformedDocument(
            "gzip-trailing-bytes", "Something follows the gzip file in the elmo field."
        )


def _refuse_raw_xml() -> Never:
    raise MalformedDocument("not-gzip", "The elmo field holds raw XML; it must be gzipped first.")


def _refuse_stream(message: str) -> Never:
    if any(part in message for part in _CHECK_FAILED):
        raise MalformedDocument(
            "gzip-bad-checksum", "The gzip file in the elmo field was damaged on its way."
        )
    raise MalformedDocument("gzip-corrupt", "The gzip file in the elmo field cannot be unpacked.")
