"""The rules a license must keep before it is sealed and that its XML schema cannot say.

`FORM` looks at the octets, `CONTENT` at what they say; each module is one subject. Every rule is
one that any law of Europe's keeps: what a single authority forbids is for its own register.
docs/errors.md lists them all.
"""

from typing import Final

from schema_ext.lint_rules import addresses, codes, days, form, holder, right, texts
from schema_ext.lint_rules.rule import ContentRule, Draft, FormRule

__all__ = ["CONTENT", "FORM", "ContentRule", "Draft", "FormRule"]

FORM: Final[tuple[FormRule, ...]] = form.RULES
CONTENT: Final[tuple[ContentRule, ...]] = (
    *days.RULES,
    *holder.RULES,
    *texts.RULES,
    *codes.RULES,
    *right.RULES,
    *addresses.RULES,
)
