"""Write an ELMO document, 1.7 or 2.0, as canonical text, ready to be signed.

One report per authority, one learning opportunity per license with the license and its stapled
status in its extension, the PDF as first attachment of the root, the delivery in the extension
of the root. The octets are their own exclusive canonical form, so the outer signature is made
over them as they are (`schema_ext.signing.outer_writer`) and spliced in before `</elmo>`.

ELMO elements bear no prefix and stand in one default namespace: known clients look them up by
their bare names. `lic` is declared at each element of ours that stands in an extension. No
credit is stated, and no identifier of the learner. Both versions are the same but for the learner
(`schema_ext.elmo_learner`).

Source: design.md 4; wire.md 1, 8 (places, orders, types that old clients list).
"""

from base64 import b64encode
from datetime import datetime
from enum import StrEnum
from typing import Final

from licenses.model.export import ExportedLicense, Report
from licenses.model.license import Issuer
from licenses.model.trust import ElmoVersion
from schema_ext.canonical import element, leaf
from schema_ext.delivery_xml import write_delivery, write_status
from schema_ext.elmo_content import ElmoContent
from schema_ext.elmo_countries import ELMO_COUNTRIES
from schema_ext.elmo_learner import write_learner
from schema_ext.elmo_words import description_words, standing_words, title_words
from schema_ext.license_xml import clear_license
from schema_ext.namespaces import ELMO

_LOCAL: Final = {"type": "local"}
_ENGLISH: Final = {"xml:lang": "en"}
_PDF_DATA: Final = "data:application/pdf;base64,"


class OpportunityType(StrEnum):
    """What a license is shown as; MODULE is the one every known client lists and counts."""

    DEGREE_PROGRAMME = "Degree Programme"
    MODULE = "Module"
    COURSE = "Course"
    CLASS = "Class"


def write_elmo(
    content: ElmoContent,
    *,
    opportunity: OpportunityType = OpportunityType.MODULE,
    version: ElmoVersion = ElmoVersion.V1_7,
) -> bytes:
    """Return the canonical document in UTF-8, without signature or XML declaration.

    Args:
        content: what to say; sealed documents and tokens are carried as they are.
        opportunity: `type` of every license, a setting of the NCP.
        version: the form its receiver reads; no document fits both.
    """
    sealed = (exported.content.holder for exported in content.licenses)
    document = element(
        "elmo",
        leaf("generatedDate", _moment(content.generated_at)),
        write_learner(content.learner, sealed, version),
        *(_report(report, content.generated_at, opportunity) for report in content.reports),
        _attachment(content.transcript),
        element("extension", write_delivery(content.delivery)),
        attributes={"xmlns": ELMO},
    )
    return document.encode()


def _report(report: Report, issued_at: datetime, opportunity: OpportunityType) -> str:
    return element(
        "report",
        _issuer(report.issuer),
        *(_specification(exported, opportunity) for exported in report.licenses),
        leaf("issueDate", _moment(issued_at)),
    )


def _issuer(issuer: Issuer) -> str:
    return element(
        "issuer",
        leaf("country", issuer.country) if issuer.country in ELMO_COUNTRIES else "",
        leaf("identifier", issuer.id, _LOCAL),
        *(leaf("title", name.text, {"xml:lang": name.lang}) for name in issuer.names),
        leaf("url", issuer.url),
    )


def _specification(exported: ExportedLicense, opportunity: OpportunityType) -> str:
    content, statement = exported.content, exported.statement
    return element(
        "learningOpportunitySpecification",
        leaf("identifier", content.grant.number, _LOCAL),
        *(
            leaf("title", title_words(title.text, statement), {"xml:lang": title.lang})
            for title in content.grant.titles
        ),
        leaf("type", opportunity),
        leaf("description", description_words(content.grant, statement), _ENGLISH),
        element("specifies", _instance(exported)),
        element(
            "extension",
            clear_license(content, exported.sealed),
            write_status(exported.status_token),
        ),
    )


def _instance(exported: ExportedLicense) -> str:
    """Return what old clients take for the result: `passed` only where there is a right now."""
    content, statement = exported.content, exported.statement
    grant = content.grant
    return element(
        "learningOpportunityInstance",
        leaf("identifier", content.license_id, _LOCAL),
        leaf("start", grant.period.starts.isoformat()),
        leaf("date", grant.local_day(statement.as_of).isoformat()),
        leaf("status", "passed" if statement.level.gives_a_right else "failed"),
        leaf("resultLabel", standing_words(statement)),
        _level(grant.profession.eqf_level),
    )


def _level(eqf_level: int | None) -> str:
    if eqf_level is None:
        return ""
    return element("level", leaf("type", "EQF"), leaf("value", str(eqf_level)))


def _attachment(transcript: bytes) -> str:
    return element(
        "attachment",
        leaf("title", "Professional licenses", _ENGLISH),
        leaf("type", "EMREX transcript"),
        leaf("content", _PDF_DATA + b64encode(transcript).decode(), _ENGLISH),
    )


def _moment(moment: datetime) -> str:
    """Return xs:dateTime in UTC with whole seconds: some readers know no fractions."""
    return moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z"
