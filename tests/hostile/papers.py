"""What a PDF says, in its words and in every part of it: where a planted marker is looked for.

Both kinds are read here: the transcript a provider makes, and a verdict that a browser printed.
"""

import io
import re
import subprocess
from collections.abc import Iterator

import pikepdf

from tests.interop.documents import tool


def words_on(pdf: bytes) -> str:
    """Return what people read, as poppler extracts it, `closed_up`; skips without poppler."""
    run = subprocess.run([tool("pdftotext"), "-", "-"], input=pdf, capture_output=True, check=True)
    return closed_up(run.stdout.decode())


def closed_up(text: str) -> str:
    """Return a text without what the end of a line may add or take: spaces, and hyphens."""
    return re.sub("[\\s\u200b\u00ad-]", "", text)


def attached_to(pdf: bytes) -> dict[str, bytes]:
    """Return the attached files by their names."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        files = opened.attachments
        return {name: files[name].get_file().read_bytes() for name in files}


def parts_with(text: str, pdf: bytes) -> list[bytes]:
    """Return every part in which an ASCII text stands, however a PDF may spell it.

    A part is an object as it stands, a stream unpacked, or the whole file as it is.
    """
    wide = text.encode("utf-16-be")
    spelt = (text.encode(), wide, text.encode().hex().encode(), wide.hex().encode())
    return [part for part in _parts(pdf) if any(one in part for one in spelt)]


def _parts(pdf: bytes) -> Iterator[bytes]:
    yield pdf
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for part in opened.objects:
            yield part.unparse()
            if isinstance(part, pikepdf.Stream):
                yield part.read_bytes()
