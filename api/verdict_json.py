"""The verdict as JSON: the same for the command line, the API and the page's download.

Codes are stable and come with the sentence behind them, so a program can branch and a person can
read. Certificates stay out: they are in the trust source, by the key id given here.
"""

from typing import Any

from pydantic.alias_generators import to_camel

from licenses.model.reasons import REASONS, Reason
from licenses.model.terms import term_text
from licenses.model.trust import TrustedAuthority
from licenses.model.values import Value
from licenses.model.verdict import DocumentVerdict, LicenseVerdict, Line, StatusStatement

Json = dict[str, Any]


def verdict_json(verdict: DocumentVerdict) -> Json:
    """Return a verdict as JSON values; see docs/employer.md for an example."""
    return {
        "kind": verdict.kind,
        "checkedAt": verdict.checked_at.isoformat(),
        "overall": verdict.overall.value,
        "reasons": _reasons(verdict.reasons),
        "signature": _line(verdict.signature),
        "schema": _line(verdict.schema_line),
        "documentSha256": verdict.document_sha256,
        "learner": _learner(verdict),
        "delivery": _plain(verdict.delivery),
        "licenses": [_license(one) for one in verdict.licenses],
    }


def _license(one: LicenseVerdict) -> Json:
    return {
        "overall": one.overall.value,
        "content": _line(one.content),
        "authority": _line(one.authority),
        "holder": _line(one.holder),
        "place": _line(one.place),
        "standing": _line(one.standing) | _statement(one.statement, one.status_source.value),
        "license": _plain(one.content_shown),
        "recognisedBy": _plain(one.recognised_by),
        "issuer": _issuer(one.authority_shown),
    }


def _line(line: Line) -> Json:
    return {
        "answer": line.answer,
        "reasons": _reasons(line.reasons),
        "compared": list(line.compared),
    }


def _reasons(reasons: tuple[Reason, ...]) -> list[Json]:
    return [
        {
            "code": reason.value,
            "outcome": REASONS[reason].outcome.value,
            "step": REASONS[reason].step,
            "sentence": REASONS[reason].sentence,
            "advice": REASONS[reason].advice,
        }
        for reason in reasons
    ]


def _statement(statement: StatusStatement | None, source: str) -> Json:
    if statement is None:
        return {"source": source, "asOf": None, "terms": []}
    return {
        "source": source,
        "asOf": statement.as_of.isoformat(),
        "because": statement.because.value,
        "terms": [{"code": code, "text": term_text(code)} for code in statement.term_codes],
        "supersededBy": statement.superseded_by,
    }


def _issuer(trusted: TrustedAuthority | None) -> Json | None:
    if trusted is None:
        return None
    authority = trusted.authority
    return {
        "id": authority.id,
        "names": [name.model_dump() for name in authority.names],
        "country": authority.country,
        "url": authority.url,
    }


def _learner(verdict: DocumentVerdict) -> Json | None:
    learner = _plain(verdict.learner)
    return learner and learner | {"alternativeName": verdict.alternative_name}


def _plain(value: Value | None) -> Json | None:
    return None if value is None else _camel(value.model_dump(mode="json"))


def _camel(value: Any) -> Any:
    if isinstance(value, dict):
        return {to_camel(key): _camel(entry) for key, entry in value.items()}
    return [_camel(entry) for entry in value] if isinstance(value, list) else value
