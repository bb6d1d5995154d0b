"""Codes are stable words of the program: each stands once, and is known where it is raised."""

import ast
import re

import pytest

from api.problems import status_of_error
from licenses.errors import LicensingError
from licenses.model.reasons import REASONS, Reason
from tests.architecture.source import program
from tests.docs.generated import STEPS, expected_errors, status_of

_REFUSING = frozenset({"DocumentRejected", "MalformedDocument"})


def test_every_expected_error_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in expected_errors()]

    assert len(set(codes)) == len(codes)
    assert LicensingError.code not in codes


@pytest.mark.parametrize("kind", expected_errors(), ids=lambda kind: kind.__name__)
def test_every_expected_error_has_a_status_and_a_sentence(kind: type[LicensingError]) -> None:
    assert 400 <= status_of(kind) < 600
    assert kind.__doc__
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", kind.code)


def test_an_error_nobody_placed_has_no_status() -> None:
    with pytest.raises(KeyError):
        status_of_error(LicensingError("of no kind"))


def test_every_reason_that_is_raised_by_its_text_exists() -> None:
    raised = {
        (source.path, call.args[0].value)
        for source in program()
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) in _REFUSING
        and call.args
        and isinstance(call.args[0], ast.Constant)
    }

    assert raised
    assert [one for one in raised if one[1] not in set(Reason)] == []


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_explained_at_a_step_of_the_verifier(reason: Reason) -> None:
    explained = REASONS[reason]

    assert explained.step in STEPS
    assert explained.sentence.endswith(".")
    assert explained.advice.endswith((".", ")."))


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_used_somewhere(reason: Reason) -> None:
    named = re.compile(rf"\b(?:Reason|_R)\.{reason.name}\b|\"{reason.value}\"")
    users = [
        source.path
        for source in program()
        if source.path != "licenses/model/reasons.py" and named.search(source.text)
    ]

    assert users
