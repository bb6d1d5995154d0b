"""What an ELMO document says: `ElmoContent` is what an NCP writes, `ReadElmo` what a reader finds.

The two differ on purpose. What is written is known and complete; what is read may be anybody's:
a learner without a birth date, sealed bytes nobody has verified yet, no delivery at all. Bytes
become values in `elmo_reader`, values become bytes in `elmo_writer`.

Source: design.md 4; wire.md 8 (places and orders).
"""

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import Field, model_validator

from licenses.model.license import Issuer, SealContent
from licenses.model.people import Person
from licenses.model.values import Instant, Value
from licenses.model.verdict import Delivery, StatusStatement


class ExportedLicense(Value):
    """One license on its way out.

    `sealed` is the stand-alone sealed document, byte for byte as the authority keeps it, and
    `content` what it says. `statement` is the authority's answer of this moment about this very
    seal, `status_token` the same as its signed JWT.
    """

    content: SealContent
    sealed: bytes
    statement: StatusStatement
    status_token: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$")]

    @model_validator(mode="after")
    def _about_this_seal(self) -> Self:
        if self.statement.seal_id != self.content.seal_id:
            raise ValueError("the statement is about another seal")
        return self


class ElmoReport(Value):
    """The licenses of one authority."""

    issuer: Issuer
    licenses: Annotated[tuple[ExportedLicense, ...], Field(min_length=1)]


class Export(Value):
    """What the holder agreed to send: everything an ELMO says except the PDF made from it.

    `learner` is the person who logged in; of the names only the current one is written.
    """

    generated_at: Instant
    learner: Person
    reports: Annotated[tuple[ElmoReport, ...], Field(min_length=1)]
    delivery: Delivery

    @property
    def licenses(self) -> tuple[ExportedLicense, ...]:
        """All licenses, report by report: the order of the document, the PDF and its files."""
        return tuple(license_ for report in self.reports for license_ in report.licenses)


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


class ReadLicense(Value):
    """One license found in an ELMO: nothing in it is verified, and only `sealed` can be.

    `clear_octets` is the clear copy in exclusive C14N, `status_token` what was stapled to it.
    """

    sealed: bytes
    clear_octets: bytes
    status_token: str | None = None


class ReadElmo(Value):
    """What a reader found in an ELMO document.

    None means absent, or in a foreign document not stated so that it can be compared: a
    `learner` needs both names and a birth date, `generated_at` a moment.
    """

    generated_at: Instant | None
    learner: Person | None
    delivery: Delivery | None
    licenses: tuple[ReadLicense, ...]


def reports_of(licenses: Iterable[ExportedLicense]) -> tuple[ElmoReport, ...]:
    """Group licenses by authority, authorities and licenses in the order they come.

    An authority is named as its first license names it.
    """
    by_authority: dict[str, list[ExportedLicense]] = {}
    for license_ in licenses:
        by_authority.setdefault(license_.content.issuer.id, []).append(license_)
    return tuple(
        ElmoReport(issuer=group[0].content.issuer, licenses=tuple(group))
        for group in by_authority.values()
    )
