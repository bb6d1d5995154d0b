"""The rules a license must keep before it is sealed and that its XML schema cannot say.

`FORM` looks at the octets, `CONTENT` at what they say; each module is one subject. Every rule is
one that any law of Europe's keeps: what a single authority forbids is for its own register.
docs/errors.md lists them all.
"""

from typing import Final

from schema_ext.lint_rules import addresses, codes, days, form, holder, right, texts
from schema_ext.lint_rules.rule import ContentRule, Draft, FormRule

__all__ = ["CONTENT", "FORM", "SUBJECTS", "ContentRule", "Draft", "FormRule"]

FORM: Final[tuple[FormRule, ...]] = form.RULES
SUBJECTS: Final[dict[str, tuple[ContentRule, ...]]] = {
    "days": days.RULES,
    "holder and number": holder.RULES,
    "words": texts.RULES,
    "codes": codes.RULES,
    "the right itself": right.RULES,
    "addresses and ids": addresses.RULES,
}
"""The rules over the content, by what they are about."""

CONTENT: Final[tuple[ContentRule, ...]] = tuple(
    rule for rules in SUBJECTS.values() for rule in rules
)
