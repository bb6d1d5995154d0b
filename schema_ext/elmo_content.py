"""What an ELMO document says: `ElmoContent` is what an NCP writes, `ReadElmo` what a reader finds.

The two differ on purpose. What is written is known and complete: an `Export` and its PDF. What is
read may be anybody's: a learner without a birth date, sealed bytes nobody has verified yet, no
delivery at all. Bytes become values in `elmo_reader`, values become bytes in `elmo_writer`.

Source: design.md 4; wire.md 8 (places and orders).
"""

from dataclasses import dataclass, field
from typing import Self

from lxml import etree

from licenses.model.export import Export
from licenses.model.people import FullName, Person
from licenses.model.values import Instant
from licenses.model.verdict import Delivery


class ElmoContent(Export):
    """A whole ELMO document before its signature; `transcript` is a PDF."""

    transcript: bytes

    @classmethod
    def of(cls, export: Export, transcript: bytes) -> Self:
        """Return the content of `export` with its transcript."""
        return cls(
            generated_at=export.generated_at,
            learner=export.learner,
            reports=export.reports,
            delivery=export.delivery,
            transcript=transcript,
        )


@dataclass(frozen=True, slots=True)
class ReadLicense:
    """One license found in an ELMO: nothing in it is verified, and only `sealed` can be.

    `clear_octets` is the clear copy in exclusive C14N, `status_token` what was stapled to it.
    `clear` is its element where that says what its octets say and no more, and the schema has
    found it valid; else None.
    """

    sealed: bytes
    clear_octets: bytes
    status_token: str | None = None
    clear: etree._Element | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ReadElmo:
    """What a reader found in an ELMO document.

    None means absent, or in a foreign document not stated so that it can be compared: a
    `learner` needs both names and a birth date, `generated_at` a moment. `alternative_name` is the
    learner's full name once more, in another alphabet, as ELMO 2.0 has it.
    """

    generated_at: Instant | None
    learner: Person | None
    delivery: Delivery | None
    licenses: tuple[ReadLicense, ...]
    alternative_name: FullName | None = None
