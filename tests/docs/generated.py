"""Make the parts of the documentation that are read from the code.

`docs/errors.md` is made whole; in `docs/exchange.md`, `docs/trust.md` and `docs/architecture.md`
what stands between two marks is. `python -m tests.docs.generated` writes all of them; a test holds
them equal, so a new reason or error cannot stay undocumented.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import api
import licenses
import schema_ext
from api.problems import status_of_error
from licenses.errors import LicensingError
from licenses.model.reasons import REASONS, Outcome, Reason
from schema_ext.lint_rules import FORM, SUBJECTS, ContentRule, FormRule
from schema_ext.xsd_reference import reference
from tests.docs.annotated import annotated_pages
from tests.docs.diagram import diagram
from tests.vectors.old_province import RECORD

DOCS = Path(__file__).parents[2] / "docs"
BEGIN, END = "<!-- made from {source}; do not edit -->", "<!-- end -->"
_REASONS_MARK = BEGIN.format(source="licenses/model/reasons.py")
_STEPS_MARK = BEGIN.format(source="licenses/model/reasons.py, by step")
_RECORD_MARK = BEGIN.format(source="tests/vectors/old-province.toml")
_IMPORTS_MARK = BEGIN.format(source="the imports")
STEPS = {
    1: "The carrier: base64 and gzip",
    2: "Caps, and well-formed XML",
    3: "The shape of the signature",
    4: "The key",
    5: "Digest and signature",
    6: "The content",
    7: "The delivery: for whom, for which session, when",
    8: "The authority and its mandate",
    9: "The holder",
    10: "The standing",
    11: "The place and the work",
}
"""The steps of the verifier; every reason belongs to one."""

_ERRORS_HEAD = """# Errors and reasons

This page is made from the code by `python -m tests.docs.generated`.

There are two kinds of codes. A **problem** answers a request that cannot be done; nothing was
changed. A **reason** stands in a verdict and says why a line of it reads as it does. Both kinds
are stable: a code never changes its meaning, new codes may come.

## Problems

Every answer that is not a success is a problem after RFC 9457 with the media type
`application/problem+json`. `code` is what a program branches on, `detail` is for people, `errors`
names each wrong field and never repeats its value. On the pages of NCP and SMP the same errors
are shown as a page, with the same HTTP status.

```json
{
  "type": "urn:licensing:invalid-fields",
  "title": "Refused",
  "status": 422,
  "detail": "Nothing was changed; see errors for each field that is wrong.",
  "code": "invalid-fields",
  "errors": [
    {"field": "validUntil", "code": "before-valid-from", "message": "must not lie before validFrom"}
  ]
}
```

| HTTP | code | meaning |
|---|---|---|
"""
_LINT_HEAD = """
`document-rejected` and `malformed-document` carry a `reason` from the list of reasons,
`lint-failed` the codes and sentences of all rules that are broken, and in `errors` where.

The command line ends with 64 for `configuration-refused` and wrong use, and with 1 for every other
error.

## Rules before sealing

What is sealed cannot be called back, so the very octets that will be sealed are looked at first,
with a dummy signature in its place and before any key is touched. Whatever breaks the schema is
refused as `schema`, what the model cannot hold as `model`, and what breaks one of these as its
code. A refusal repeats no value of the license.

| about | rule | what is refused |
|---|---|---|
"""
_REASONS_HEAD = """

## Reasons, by step of the verifier

The steps run in this order. A *rejected* step ends the reading: nothing behind it is looked at, and
nothing of the content is shown. *Indeterminate* means not established: never good, never proof of
fraud. A *flag* changes nothing but must be seen.
"""


def errors_page() -> str:
    """Return docs/errors.md: problems by HTTP status, lint rules, reasons by step."""
    problems = "".join(
        f"| {status} | `{kind.code}` | {_first_line(kind)} |\n" for status, kind in _problems()
    )
    steps = "".join(_step(step, title) for step, title in STEPS.items())
    return f"{_ERRORS_HEAD}{problems}{_LINT_HEAD}{lint_table()}{_REASONS_HEAD}{steps}"


def lint_table() -> str:
    """Return the table of all lint rules, by what they are about."""
    subjects: dict[str, tuple[FormRule | ContentRule, ...]] = {"form": FORM, **SUBJECTS}
    return "".join(
        f"| {subject} | `{rule.code}` | {rule.sentence} |\n"
        for subject, rules in subjects.items()
        for rule in rules
    )


def reasons_table() -> str:
    """Return the table of all reasons with their sentences, in the order of the steps."""
    rows = "".join(
        f"| {REASONS[one].step} | `{one}` | {REASONS[one].outcome} | {REASONS[one].sentence} |\n"
        for one in _by_step()
    )
    return f"\n| step | reason | outcome | what the page says |\n|---|---|---|---|\n{rows}\n"


def steps_table() -> str:
    """Return every reason code by the step that gives it, rejections first in each step."""
    rows = "".join(
        f"| {step}. {title} | {_codes(step, outcome)} | {_WHAT_IT_DOES[outcome]} |\n"
        for step, title in STEPS.items()
        for outcome in reversed(Outcome)
        if _codes(step, outcome)
    )
    return f"\n| step | reason codes | what they do |\n|---|---|---|\n{rows}\n"


_WHAT_IT_DOES = {
    Outcome.REJECTED: "reject",
    Outcome.INDETERMINATE: "leave it open",
    Outcome.FLAG: "are flagged",
    Outcome.FINE: "are fine",
}


def _codes(step: int, outcome: Outcome) -> str:
    return ", ".join(f"`{one}`" for one in Reason if REASONS[one][:2] == (outcome, step))


def legacy_example() -> str:
    """Return the record of the example as a block of TOML."""
    return f"\n```toml\n{RECORD.read_text(encoding='utf-8')}```\n\n"


def made_anew(name: str, made: dict[str, str]) -> str:
    """Return the page `name` with what stands between each mark of `made` and its end made anew."""
    page = (DOCS / name).read_text(encoding="utf-8")
    for mark, part in made.items():
        before, found, rest = page.partition(mark)
        if not found:
            raise ValueError(f"{name} has no mark: {mark}")
        _, end, after = rest.partition(END)
        page = f"{before}{mark}\n{part}{end}{after}"
    return page


def expected_pages() -> dict[str, str]:
    """Return every page that is made in whole or in part, as it must be."""
    return {
        "architecture.md": made_anew("architecture.md", {_IMPORTS_MARK: f"\n{diagram()}\n"}),
        "errors.md": errors_page(),
        "trust.md": made_anew(
            "trust.md", {_STEPS_MARK: steps_table(), _RECORD_MARK: legacy_example()}
        ),
        "exchange.md": made_anew("exchange.md", {_REASONS_MARK: reasons_table()}),
        "elmo-extension.md": reference() + annotated_pages(),
    }


def expected_errors() -> tuple[type[LicensingError], ...]:
    """Return every kind of expected error there is in the program, sorted by its code."""
    for package in (licenses, schema_ext, api):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith((".__main__", ".env")):
                importlib.import_module(module.name)
    return tuple(sorted(_below(LicensingError), key=lambda kind: kind.code))


def status_of(kind: type[LicensingError]) -> int:
    """Return the HTTP status of a kind of error; raise KeyError for one nobody placed."""
    return status_of_error(kind.__new__(kind))


def _below(kind: type[LicensingError]) -> Iterator[type[LicensingError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def _problems() -> list[tuple[int, type[LicensingError]]]:
    placed = [(status_of(kind), kind) for kind in dict.fromkeys(expected_errors())]
    return sorted(placed, key=lambda one: (one[0], one[1].code))


def _first_line(kind: type[LicensingError]) -> str:
    return (inspect.getdoc(kind) or "").partition("\n")[0]


def _by_step() -> list[Reason]:
    return sorted(Reason, key=lambda one: REASONS[one].step)


def _step(step: int, title: str) -> str:
    rows = "".join(
        f"| `{one}` | {REASONS[one].outcome} | {REASONS[one].sentence} | {REASONS[one].advice} |\n"
        for one in Reason
        if REASONS[one].step == step
    )
    head = "| reason | outcome | sentence | what to do |\n|---|---|---|---|\n"
    return f"\n### {step}. {title}\n\n{head}{rows}"


def write_pages() -> None:
    """Write every page that is made, except the one that belongs to the schema."""
    for name, text in expected_pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_pages()
