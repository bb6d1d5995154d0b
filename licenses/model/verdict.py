"""The verdict: what a relying party gets, the same in JSON, on the page and in print.

Five lines a license (content, authority, holder, place, standing) and an overall answer; each
line has an answer, its reasons and what was compared. Nothing here decides: `judgement` does.
Source: design.md 8.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple

from pydantic import StringConstraints

from licenses.model.license import SealContent
from licenses.model.people import FullName, Person, PersonName
from licenses.model.reasons import Reason
from licenses.model.standing import Because, Level
from licenses.model.trust import TrustedAuthority, TrustedKey, TrustedNcp
from licenses.model.values import AreaCode, Code, Instant, PublicId, Sha256Hex, Text, Uri, Value


class Overall(StrEnum):
    """The one answer a person acts on, worst last."""

    MAY_WORK = "may-work"
    MAY_WORK_WITH_CONDITIONS = "may-work-with-conditions"
    NOT_ESTABLISHED = "not-established"
    MUST_NOT_RELY = "must-not-rely"


class Expectation(Value):
    """Whom the relying party expects, where and for what work; None is not asked.

    `isco08` is the four-digit unit group of the profession wanted.
    """

    name: PersonName | None = None
    birth_date: date | None = None
    territory: AreaCode | None = None
    isco08: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")] | None = None
    activity: Code | None = None


class StatusSource(StrEnum):
    """Where a statement about standing came from."""

    STAPLED = "stapled"
    ASKED = "asked"
    NONE = "none"


class StatusStatement(Value):
    """What an authority says of one seal, under its status key (design.md 7)."""

    seal_id: PublicId
    authority_id: Uri
    seal_sha256: Sha256Hex
    sealed_at: Instant
    record_version: int
    level: Level
    because: Because
    territories: tuple[AreaCode, ...]
    term_codes: tuple[Code, ...] = ()
    as_of: Instant
    expires_at: Instant
    superseded_by: PublicId | None = None


class StatusFinding(NamedTuple):
    """What asking for the standing brought: a statement that counts, or why there is none."""

    source: StatusSource
    reason: Reason
    statement: StatusStatement | None = None


class SealFinding(NamedTuple):
    """What the verifier established about one seal: its content, and whose key made it.

    `seal_sha256` is in hex, `claimed_signing_time` in UTC.
    """

    content: SealContent
    seal_sha256: str
    claimed_signing_time: datetime
    key: TrustedKey
    authority: TrustedAuthority


class Delivery(Value):
    """For whom and for which session an NCP made an ELMO (`lic:delivery`)."""

    audience: Uri
    session_sha256: Sha256Hex
    purpose: Text
    consent_id: Text
    login_level: Code


class Circumstances(Value):
    """How a document came in: from which provider, for whom, and what is asked of it.

    None means there was no session: somebody handed in a file.
    """

    expectation: Expectation = Expectation()
    ncp: TrustedNcp | None = None
    audience: Uri | None = None
    session_sha256: Sha256Hex | None = None


class Line(Value):
    """One line of a verdict: a stable answer, the reasons for it, and what was compared."""

    answer: Code
    reasons: tuple[Reason, ...]
    compared: tuple[Text, ...] = ()


class Recognition(Value):
    """By which of the names in the seal a license is the learner's of its document.

    `alternative` where the document has it as the learner's alternative name (ELMO 2.0) only.
    """

    name: PersonName
    alternative: bool


class LicenseVerdict(Value):
    """The verdict on one license; `content_shown` is None where nothing may be shown.

    `recognised_by` is None also where no learner carried it, or one of other names.
    """

    overall: Overall
    reasons: tuple[Reason, ...]
    content: Line
    authority: Line
    holder: Line
    place: Line
    standing: Line
    content_shown: SealContent | None = None
    authority_shown: TrustedAuthority | None = None
    recognised_by: Recognition | None = None
    statement: StatusStatement | None = None
    status_source: StatusSource = StatusSource.NONE


class DocumentVerdict(Value):
    """The verdict on one document with the licenses in it, worst license first.

    `signature` and `schema_line` are about the document that carried them; a sealed license on
    its own has no carrier, and says so (`not-applicable`). `alternative_name` is the learner's full
    name once more, as ELMO 2.0 has it.
    """

    kind: Literal["sealed-license", "elmo", "response", "unknown"]
    checked_at: Instant
    overall: Overall
    reasons: tuple[Reason, ...]
    signature: Line
    schema_line: Line
    learner: Person | None = None
    alternative_name: FullName | None = None
    delivery: Delivery | None = None
    document_sha256: Sha256Hex | None = None
    licenses: tuple[LicenseVerdict, ...] = ()
