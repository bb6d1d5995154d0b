"""Lint the very octets that are about to be sealed: the last look before a key is touched.

As certificate authorities lint a certificate before they sign it: what is sealed cannot be called
back. The caller splices in a signature of the right shape with a dummy value, so that the whole
document is looked at as it will leave. The steps are form, schema, model, and content; a later
step needs the ones before it, and within a step every broken rule is named.
The rules themselves are `schema_ext.lint_rules`.
"""

from datetime import datetime

from lxml import etree

from licenses.errors import DocumentRejected, LintFailed
from licenses.model.authority import MandateEntry
from licenses.model.license import SealContent
from schema_ext.license_reader import content_of
from schema_ext.lint_rules import CONTENT, FORM, ContentRule, Draft, FormRule
from schema_ext.parsing import parse
from schema_ext.validation import license_schema


def lint(octets: bytes, *, issued_at: datetime, mandate: tuple[MandateEntry, ...]) -> None:
    """Pass a stand-alone license that keeps every rule.

    Args:
        octets: canonical, with or without a (dummy) ds:Signature as last child.
        issued_at: aware instant of sealing; days are counted in the license's own time zone.
        mandate: what the authority may grant, with what it once might: an old license is judged
            by the day of its issue.

    Raises:
        LintFailed: the message names the code and the sentence of every rule found broken.
    """
    root = _parsed(octets)
    _refuse([rule for rule in FORM if rule.is_broken(octets, root)])
    draft = Draft(_content(root), issued_at, mandate)
    _refuse([rule for rule in CONTENT if rule.is_broken(draft)])


def _parsed(octets: bytes) -> etree._Element:
    try:
        return parse(octets)
    except DocumentRejected:
        raise LintFailed("well-formed: The draft is not XML that we would read.") from None


def _content(root: etree._Element) -> SealContent:
    try:
        return content_of(root)
    except DocumentRejected as rejection:
        # Reading checks the schema; where the fault lies is asked only for the clerk.
        faults = license_schema().faults(root)
        if not faults:
            raise LintFailed(f"model: {rejection}") from None
    where = "; ".join(f"{fault.path}: {fault.message}" for fault in faults[:5])
    raise LintFailed(f"schema: {where}")


def _refuse(broken: list[FormRule] | list[ContentRule]) -> None:
    if broken:
        raise LintFailed(" ".join(f"{rule.code}: {rule.sentence}" for rule in broken))
