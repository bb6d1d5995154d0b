"""What every attack starts from passes, and so does a change of nothing that was signed."""

from collections.abc import Callable

import pytest

from licenses.model.reasons import Reason
from tests.hostile.bases import BASES, Base, bases, by_java
from tests.hostile.catalogue import VARIANTS
from tests.hostile.harmless import HARMLESS, OUTER_ONLY
from tests.hostile.judging import (
    Answer,
    assert_accepted,
    assert_refused,
    carried,
    handed_in,
    posted,
)
from tests.hostile.neighbours import NEIGHBOURS, Neighbour
from tests.hostile.variants import usual_world

_FORMS: dict[str, Callable[[Base], Answer]] = {
    "the ELMO handed in": lambda base: handed_in(base, base.outer),
    "the ELMO posted": lambda base: posted(base, base.outer),
    "the ELMO of Java handed in": lambda base: handed_in(base, by_java(base)),
    "the ELMO of Java posted": lambda base: posted(base, by_java(base)),
    "the seal handed in": lambda base: handed_in(base, base.seal),
    "the seal in an ELMO": lambda base: carried(base, base.seal),
}


@pytest.mark.parametrize("form", _FORMS)
def test_every_base_is_accepted_before_anything_is_done_to_it(form: str) -> None:
    for base in bases():
        assert_accepted(_FORMS[form](base), base)


def test_no_two_bases_are_alike() -> None:
    assert len({base.seal for base in bases()} | {base.outer for base in bases()}) == 2 * BASES


@pytest.mark.parametrize("change", [*HARMLESS, *OUTER_ONLY])
def test_an_elmo_changed_where_nothing_is_signed_counts_and_is_known_again(change: str) -> None:
    edit = (HARMLESS | OUTER_ONLY)[change]
    for base in bases()[:3]:
        before, after = handed_in(base, base.outer), handed_in(base, edit(base.outer))

        assert_accepted(after, base)
        assert after.verdict.document_sha256 == before.verdict.document_sha256


@pytest.mark.parametrize("change", HARMLESS)
def test_a_seal_changed_where_nothing_is_signed_is_none_the_authority_recorded(change: str) -> None:
    for base in bases()[:3]:
        changed = HARMLESS[change](base.seal)
        assert changed != base.seal

        assert_refused(handed_in(base, changed), Reason.SEAL_NEVER_RECORDED)


@pytest.mark.parametrize("neighbour", NEIGHBOURS, ids=lambda one: one.label)
def test_what_stands_on_the_right_side_of_a_bound_is_accepted(neighbour: Neighbour) -> None:
    for base in bases()[:3]:
        asked = neighbour.ask(base)
        for answer in asked.answers:
            assert_accepted(answer, asked.base)


def test_every_variant_with_a_world_of_its_own_has_a_neighbour_that_is_accepted() -> None:
    own = {one.label for one in VARIANTS if one.trusted is not usual_world}

    assert {one.of for one in NEIGHBOURS} == own
    assert len({one.name for one in NEIGHBOURS}) == len(NEIGHBOURS)
