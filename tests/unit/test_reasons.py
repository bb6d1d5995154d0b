"""The table of reasons is total, and every entry is fit to be shown to a clerk."""

import re

import pytest

from licenses.errors import DocumentRejected, MalformedDocument
from licenses.model.reasons import REASONS, Outcome, Reason
from schema_ext.refusal import rejected


def test_every_reason_has_its_row_and_no_row_is_left_over() -> None:
    assert set(REASONS) == set(Reason)


@pytest.mark.parametrize("reason", list(Reason))
def test_a_reason_is_a_stable_word_with_a_sentence_and_advice(reason: Reason) -> None:
    row = REASONS[reason]

    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", reason.value)
    assert reason.name.lower().replace("_", "-") == reason.value
    for sentence in (row.sentence, row.advice):
        assert re.fullmatch(r"[A-Z].*[.]", sentence), sentence
        assert len(sentence) <= 160
    assert 1 <= row.step <= 11


@pytest.mark.parametrize("reason", list(Reason))
def test_only_what_is_fine_asks_for_nothing(reason: Reason) -> None:
    row = REASONS[reason]

    assert (row.outcome is Outcome.FINE) == (row.advice == "Nothing to do.")


def test_no_two_reasons_say_the_same() -> None:
    sentences = [row.sentence for row in REASONS.values()]

    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize("reason", list(Reason))
def test_a_refusal_carries_the_reason_and_its_sentence(reason: Reason) -> None:
    refusal = rejected(reason, MalformedDocument)

    assert isinstance(refusal, DocumentRejected)
    assert (refusal.reason, str(refusal)) == (reason, REASONS[reason].sentence)
