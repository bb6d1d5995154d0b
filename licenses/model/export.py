"""What a holder agreed to send: licenses with their seals and statements, and for whom.

Bytes for the wire are made of it in `schema_ext` (ELMO and transcript). Source: design.md 4, 6.
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


class Report(Value):
    """The licenses of one authority."""

    issuer: Issuer
    licenses: Annotated[tuple[ExportedLicense, ...], Field(min_length=1)]


class Export(Value):
    """Everything an ELMO says except the PDF made from it.

    `learner` is the person who logged in. Their current name is written; ELMO 2.0 adds its form in
    another alphabet where one is known (`licenses.model.alphabets`).
    """

    generated_at: Instant
    learner: Person
    reports: Annotated[tuple[Report, ...], Field(min_length=1)]
    delivery: Delivery

    @property
    def licenses(self) -> tuple[ExportedLicense, ...]:
        """All licenses, report by report: the order of the document, the PDF and its files."""
        return tuple(license_ for report in self.reports for license_ in report.licenses)


def reports_of(licenses: Iterable[ExportedLicense]) -> tuple[Report, ...]:
    """Group licenses by authority, authorities and licenses in the order they come.

    An authority is named as its first license names it.
    """
    by_authority: dict[str, list[ExportedLicense]] = {}
    for license_ in licenses:
        by_authority.setdefault(license_.content.issuer.id, []).append(license_)
    return tuple(
        Report(issuer=group[0].content.issuer, licenses=tuple(group))
        for group in by_authority.values()
    )
