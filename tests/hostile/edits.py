"""Changes of octets by which hostile documents are made, each of which must find its place."""

from collections.abc import Callable

Edit = Callable[[bytes], bytes]

_OPENS, _CLOSES = b"<ds:Signature ", b"</ds:Signature>"


def swapped(document: bytes, old: bytes, new: bytes) -> bytes:
    """Return `document` with the first `old` replaced; it must be there."""
    assert old in document, old
    return document.replace(old, new, 1)


def swap(old: bytes, new: bytes) -> Edit:
    """Replace the first `old`."""
    return lambda document: swapped(document, old, new)


def before(mark: bytes, planted: bytes) -> Edit:
    """Plant something before the first `mark`."""
    return swap(mark, planted + mark)


def after(mark: bytes, planted: bytes) -> Edit:
    """Plant something behind the first `mark`."""
    return swap(mark, mark + planted)


def between(opens: bytes, closes: bytes, new: bytes) -> Edit:
    """Put `new` in the place of all that stands between two marks."""

    def edit(document: bytes) -> bytes:
        start = document.index(opens) + len(opens)
        return document[:start] + new + document[document.index(closes, start) :]

    return edit


def without(opens: bytes, closes: bytes) -> Edit:
    """Take out what stands between two marks, and the marks."""

    def edit(document: bytes) -> bytes:
        start = document.index(opens)
        return document[:start] + document[document.index(closes, start) + len(closes) :]

    return edit


def piece(document: bytes, opens: bytes, closes: bytes) -> bytes:
    """Return the first piece of `document` from one mark to the other, both with it."""
    start = document.index(opens)
    return document[start : document.index(closes, start) + len(closes)]


def signature_of(document: bytes) -> bytes:
    """Return the signature in a document of ours."""
    return piece(document, _OPENS, _CLOSES)


def without_signature(document: bytes) -> bytes:
    """Return a document of ours as it was signed."""
    return without(_OPENS, _CLOSES)(document)


def root_tag(document: bytes) -> bytes:
    """Return the start tag of the root of a document of ours."""
    return document[: document.index(b">") + 1]


def at_the_end(document: bytes, planted: bytes) -> bytes:
    """Return a document with something planted as the last thing in its root."""
    at = document.rindex(b"</")
    return document[:at] + planted + document[at:]


def at_the_start(document: bytes, planted: bytes) -> bytes:
    """Return a document of ours with something planted as the first thing in its root."""
    start = root_tag(document)
    return start + planted + document[len(start) :]
