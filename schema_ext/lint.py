"""Lint the very octets that are about to be sealed: the last look before a key is touched.

As certificate authorities lint a certificate before they sign it: what is sealed cannot be called
back. The caller splices in a signature of the right shape with a dummy value, so that the whole
document is looked at as it will leave. The steps are form, schema, model, and content; a later
step needs the ones before it, and within a step every broken rule is named.
The rules themselves are `schema_ext.lint_rules`.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from lxml import etree

from licenses.errors import DocumentRejected, FieldFault, LintFailed
from licenses.model.authority import MandateEntry
from licenses.model.license import SealContent
from schema_ext.license_reader import content_of
from schema_ext.lint_rules import CONTENT, FORM, ContentRule, Draft, FormRule
from schema_ext.parsing import parse
from schema_ext.validation import license_schema

_SCHEMA_FAULTS_TOLD: Final = 5


def lint(octets: bytes, *, issued_at: datetime, mandate: tuple[MandateEntry, ...]) -> None:
    """Pass a stand-alone license that keeps every rule.

    Args:
        octets: canonical, with or without a (dummy) ds:Signature as last child.
        issued_at: aware instant of sealing; days are counted in the license's own time zone.
        mandate: what the authority may grant, with what it once might: an old license is judged
            by the day of its issue.

    Raises:
        LintFailed: the message has the code and the sentence of every rule found broken, the
            faults have each element that breaks one: `license/holder/name[1]/given`.
    """
    root = _parsed(octets)
    _refuse(fault for rule in FORM for fault in _faults(rule, rule.breaks(octets, root)))
    draft = Draft(_content(root), issued_at, mandate)
    _refuse(fault for rule in CONTENT for fault in _faults(rule, rule.breaks(draft)))


def _parsed(octets: bytes) -> etree._Element:
    try:
        return parse(octets)
    except DocumentRejected:
        raise _whole("well-formed", "The draft is not XML that we would read.") from None


def _content(root: etree._Element) -> SealContent:
    try:
        return content_of(root)
    except DocumentRejected as rejection:
        # Reading checks the schema; where the fault lies is asked only for the clerk.
        faults = license_schema().faults(root)
        if not faults:
            raise _whole("model", str(rejection)) from None
    told = faults[:_SCHEMA_FAULTS_TOLD]
    where = "; ".join(f"{fault.path}: {fault.message}" for fault in told)
    raise LintFailed(
        f"schema: {where}",
        *(FieldFault(_steps(fault.path), "schema", fault.message) for fault in told),
    )


def _whole(code: str, sentence: str) -> LintFailed:
    return LintFailed(f"{code}: {sentence}", FieldFault("license", code, sentence))


def _steps(path: str) -> str:
    return path.replace("lic:", "").lstrip("/")


def _faults(rule: FormRule | ContentRule, paths: Iterable[str]) -> Iterator[FieldFault]:
    for path in dict.fromkeys(paths):
        yield FieldFault(f"license/{path}".rstrip("/"), rule.code, rule.sentence)


def _refuse(found: Iterable[FieldFault]) -> None:
    faults = tuple(found)
    if faults:
        told = dict.fromkeys(f"{fault.code}: {fault.message}" for fault in faults)
        raise LintFailed(" ".join(told), *faults)
