"""The words for conditions: complete, sorted, and honest about codes nobody here knows."""

import pytest

from licenses.model.standing import CONDITIONAL_KINDS
from licenses.model.terms import TERMS, TermSort, term, term_text

OPENINGS = {TermSort.MAY: "may ", TermSort.MAY_NOT: "may not ", TermSort.ONLY_WITH: "may "}


@pytest.mark.parametrize("code", TERMS)
def test_every_term_has_an_english_sentence_that_opens_as_its_sort(code: str) -> None:
    sentence = term_text(code)

    assert sentence.startswith(OPENINGS[TERMS[code].sort])
    assert ("may not " in sentence) is (TERMS[code].sort is TermSort.MAY_NOT)
    assert ("only" in sentence) is (TERMS[code].sort is TermSort.ONLY_WITH)
    assert not sentence.endswith(".")


def test_every_kind_that_never_stands_in_full_has_words() -> None:
    assert {f"kind.{kind}" for kind in CONDITIONAL_KINDS} <= TERMS.keys()


def test_an_unknown_code_is_shown_and_binds_as_a_condition() -> None:
    unknown = term("no-mri-alone")

    assert unknown.sort is TermSort.ONLY_WITH
    assert unknown.text("fi") == "a condition this program does not know (no-mri-alone)"


@pytest.mark.parametrize("lang", ["nb", "de-AT", "xx"])
def test_a_language_without_sentences_gets_the_english_one(lang: str) -> None:
    assert term_text("no-surgery", lang) == "may not operate"
