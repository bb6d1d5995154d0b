"""The one door for foreign documents: whatever comes in, a verdict comes out.

The steps are those of the verifier; each raises one reason, and here reasons become lines. This is
the only place of the project with a broad `except`: whatever a document makes a library do, the
answer is a rejection, never an error page (security.md A8, A20). The log names the kind of the
failure and nothing of the document. Our own seals are made in `schema_ext.sealing`.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from licenses.errors import DocumentRejected
from licenses.model.judgement import (
    Question,
    badness,
    judge,
    overall_of,
    rejected_license,
    under_document,
    worst,
)
from licenses.model.reasons import REASONS, Outcome, Reason
from licenses.model.trust import LegacyPartner, TrustedNcp, TrustSource
from licenses.model.verdict import (
    Circumstances,
    DocumentVerdict,
    LicenseVerdict,
    Line,
    Overall,
    SealFinding,
)
from schema_ext.elmo_content import ReadElmo, ReadLicense
from schema_ext.elmo_reader import elmo_of, read_elmo
from schema_ext.legacy import as_elmo
from schema_ext.namespaces import ELMO
from schema_ext.opening import Unpacked, open_carried, open_elmo, open_sealed, unpack
from schema_ext.refusal import rejected
from schema_ext.signing.verified import VerifiedElmo
from schema_ext.status_finding import StatusAsker, asking_once, find_status
from schema_ext.validation import elmo_faults

_LOG = logging.getLogger(__name__)
_FRESH = timedelta(minutes=10)
_SKEW = timedelta(minutes=2)
_NOT_APPLICABLE = Line(answer="not-applicable", reasons=())
_NOT_CHECKED = Line(answer="not-checked", reasons=())
_VALID = Line(answer="valid", reasons=())
_VERIFIED = Line(answer="verified", reasons=(Reason.VERIFIED,))


class Surroundings(NamedTuple):
    """What a verifier is set up with; nothing of it comes from a document.

    `trust` and `ncps` are None where the operator configured none; `ask` is None where nobody
    may be asked; `official_dir` holds the official ELMO schemas, None is our own statement;
    `legacy` are the operator's records about partners that sign the old way.
    """

    clock: Callable[[], datetime]
    trust: TrustSource | None = None
    ncps: Callable[[], Sequence[TrustedNcp]] | None = None
    ask: StatusAsker | None = None
    official_dir: Path | None = None
    legacy: tuple[LegacyPartner, ...] = ()


class Verifier:
    """Gives verdicts; see `licenses.ports.DocumentVerifier`."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._with = surroundings

    def verdict(self, carried: bytes, circumstances: Circumstances) -> DocumentVerdict:
        """Return the verdict on an `elmo` parameter, an ELMO document or a sealed license.

        Args:
            carried: the bytes as they came in, trusted in nothing.
            circumstances: the session they came in by, if any, and what is asked of them.
        """
        try:
            return self._read(carried, circumstances)
        except DocumentRejected as refusal:
            return refused_verdict(Reason(refusal.reason), self._with.clock())
        except Exception as error:  # noqa: BLE001 - the one door: any failure is a rejection
            _LOG.error("a document made the verifier fail: %s", type(error).__name__)
            return refused_verdict(Reason.VERIFIER_FAULT, self._with.clock())

    def _read(self, carried: bytes, circumstances: Circumstances) -> DocumentVerdict:
        records = self._records(circumstances)
        roots = {ELMO}.union(*(record.namespaces for record in records))
        posted = circumstances.session_sha256 is not None
        unpacked = unpack(carried, posted=posted, namespaces=roots)
        if unpacked.kind == "sealed-license":
            return self._alone(unpacked.document, circumstances)
        return self._carried(unpacked, circumstances, records)

    def _alone(self, sealed: bytes, circumstances: Circumstances) -> DocumentVerdict:
        finding = open_sealed(sealed, self._with.trust)
        question = Question(circumstances.expectation, None, self._with.clock())
        one = _judged(finding, None, question, self._with.ask)
        return DocumentVerdict(
            kind="sealed-license",
            checked_at=question.now,
            overall=one.overall,
            reasons=(),
            signature=_NOT_APPLICABLE,
            schema_line=_NOT_APPLICABLE,
            document_sha256=finding.seal_sha256,
            licenses=(one,),
        )

    def _carried(
        self, unpacked: Unpacked, circumstances: Circumstances, records: Sequence[LegacyPartner]
    ) -> DocumentVerdict:
        now, providers = self._with.clock(), self._providers(circumstances)
        signed = open_elmo(unpacked.document, providers, now=now, legacy=records)
        schema_line = self._structure(signed.root, signed.legacy)
        elmo = self._content(signed)
        carrier = _signer_reasons(signed) + _delivery_reasons(elmo, circumstances, now)
        licenses = () if _rejects(carrier) else self._licenses(elmo, circumstances, now)
        if not elmo.licenses:
            carrier += (Reason.NO_LICENSE,)
        elif elmo.learner is None:
            carrier += (Reason.LEARNER_NOT_STATED,)
        carrier_answers = (overall_of(carrier),) if carrier else ()
        return DocumentVerdict(
            kind=unpacked.kind,
            checked_at=now,
            overall=worst((*carrier_answers, *_answers(licenses))),
            reasons=carrier,
            signature=_signature_line(signed),
            schema_line=schema_line,
            learner=None if _rejects(carrier) else elmo.learner,
            alternative_name=None if _rejects(carrier) else elmo.alternative_name,
            delivery=None if _rejects(carrier) else elmo.delivery,
            document_sha256=signed.signed_sha256,
            licenses=_worst_first(licenses, carrier),
        )

    def _providers(self, circumstances: Circumstances) -> Sequence[TrustedNcp] | None:
        """The provider that was chosen, never one the document names (E5)."""
        if circumstances.ncp is not None:
            return (circumstances.ncp,)
        return None if self._with.ncps is None else self._with.ncps()

    def _records(self, circumstances: Circumstances) -> tuple[LegacyPartner, ...]:
        """Return the records in force; where a provider was chosen, those about it alone."""
        now, chosen = self._with.clock(), circumstances.ncp
        return tuple(
            record
            for record in self._with.legacy
            if record.in_force(now) and (chosen is None or record.key.kid == chosen.key.kid)
        )

    def _structure(self, root: etree._Element, legacy: LegacyPartner | None) -> Line:
        """Return the schema line; what rejects any other document only warns of a legacy one."""
        try:
            return self._schema_line(root)
        except DocumentRejected as refusal:
            if legacy is None or refusal.reason != Reason.SCHEMA_INVALID:
                raise
            return Line(answer="invalid", reasons=(Reason.LEGACY_SCHEMA_INVALID,))

    def _schema_line(self, root: etree._Element) -> Line:
        version, _ = elmo_faults(root, self._with.official_dir, with_licenses=True)
        if version is None:
            raise rejected(Reason.SCHEMA_INVALID)
        return _VALID

    def _content(self, signed: VerifiedElmo) -> ReadElmo:
        """Return what a document carries; a legacy one comes so far without being valid.

        By the schemas of an operator our own elements may be valid whatever they hold.
        """
        if signed.legacy is not None:
            return read_elmo(as_elmo(signed.octets))
        by_our_schema = self._with.official_dir is None
        return elmo_of(signed.octets, signed.root, is_valid=by_our_schema)

    def _licenses(
        self, elmo: ReadElmo, circumstances: Circumstances, now: datetime
    ) -> tuple[LicenseVerdict, ...]:
        question = Question(circumstances.expectation, elmo.learner, now, elmo.alternative_name)
        ask = self._with.ask and asking_once(self._with.ask)
        return tuple(self._one(carried, question, ask) for carried in elmo.licenses)

    def _one(
        self, carried: ReadLicense, question: Question, ask: StatusAsker | None
    ) -> LicenseVerdict:
        """Judge one license; a broken one does not take its neighbours with it."""
        try:
            finding = open_carried(carried, self._with.trust)
        except DocumentRejected as refusal:
            return rejected_license(Reason(refusal.reason))
        return _judged(finding, carried.status_token, question, ask)


def _judged(
    finding: SealFinding, stapled: str | None, question: Question, ask: StatusAsker | None
) -> LicenseVerdict:
    status = find_status(finding, stapled, ask, now=question.now)
    return judge(finding, status, question)


def refused_verdict(reason: Reason, at: datetime) -> DocumentVerdict:
    """Return the verdict on a document nothing of which was read, for one reason."""
    is_rejected = REASONS[reason].outcome is Outcome.REJECTED
    return DocumentVerdict(
        kind="unknown",
        checked_at=at,
        overall=overall_of((reason,)),
        reasons=(reason,),
        signature=Line(answer="rejected" if is_rejected else "not-established", reasons=(reason,)),
        schema_line=_NOT_CHECKED,
    )


def _signer_reasons(signed: VerifiedElmo) -> tuple[Reason, ...]:
    """A legacy signature keeps all that it carries from being more than not established."""
    return () if signed.legacy is None else (Reason.LEGACY_PARTNER,)


def _signature_line(signed: VerifiedElmo) -> Line:
    if signed.legacy is None:
        return _VERIFIED
    record = signed.legacy
    return Line(
        answer="legacy",
        reasons=(Reason.LEGACY_PARTNER,),
        compared=(
            f"record about {record.name}"[:300].strip(),
            f"in force until {record.valid_until:%Y-%m-%d %H:%M} UTC",
            f"certificate judged at {record.judged_at:%Y-%m-%d %H:%M} UTC",
        ),
    )


def _delivery_reasons(
    elmo: ReadElmo, circumstances: Circumstances, now: datetime
) -> tuple[Reason, ...]:
    """Was this document made for us, for this session, and just now? (E4, E6)."""
    if circumstances.session_sha256 is None:
        return ()
    reasons = []
    if elmo.delivery is None:
        reasons.append(Reason.NO_AUDIENCE)
    elif elmo.delivery.audience != circumstances.audience:
        reasons.append(Reason.OTHER_AUDIENCE)
    elif elmo.delivery.session_sha256 != circumstances.session_sha256:
        reasons.append(Reason.OTHER_SESSION)
    if elmo.generated_at is None or elmo.generated_at < now - _FRESH - _SKEW:
        reasons.append(Reason.GENERATED_TOO_LONG_AGO)
    elif elmo.generated_at > now + _SKEW:
        reasons.append(Reason.GENERATED_IN_THE_FUTURE)
    return tuple(reasons)


def _rejects(reasons: tuple[Reason, ...]) -> bool:
    return any(REASONS[reason].outcome is Outcome.REJECTED for reason in reasons)


def _answers(licenses: tuple[LicenseVerdict, ...]) -> tuple[Overall, ...]:
    """Without a license nothing is established, whatever else is fine."""
    return tuple(one.overall for one in licenses) or (Overall.NOT_ESTABLISHED,)


def _worst_first(
    licenses: tuple[LicenseVerdict, ...], carrier: tuple[Reason, ...]
) -> tuple[LicenseVerdict, ...]:
    placed = (under_document(one, carrier) for one in licenses)
    return tuple(sorted(placed, key=lambda one: badness(one.overall), reverse=True))
