"""No mutant of a signed document is accepted, and each is refused for the reason of its kind."""

from collections import Counter
from collections.abc import Callable

import pytest

from licenses.model.reasons import REASONS, Outcome
from licenses.model.trust import TrustedNcp
from tests.hostile.bases import BASES, bases
from tests.hostile.catalogue import (
    CLASSES,
    FLOODS,
    VARIANTS,
    answered,
    mutants_in_a_quick_run,
    share_of,
    share_of_flood,
)
from tests.hostile.judging import (
    GOOD,
    WITHIN_SECONDS,
    assert_refused,
    handed_in_to_somebody_else,
)
from tests.hostile.variants import On, Variant, usual_world
from tests.trust_samples import ncp
from tests.unit.carried_documents import Trust


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda one: one.label)
def test_no_mutant_is_accepted(variant: Variant) -> None:
    for base in share_of(variant):
        answer, reason = answered(variant, base)
        assert_refused(answer, reason)
        assert answer.seconds <= WITHIN_SECONDS


_ELSEWHERE: dict[str, Callable[[], tuple[Trust | None, tuple[TrustedNcp, ...] | None]]] = {
    "where several providers are known": lambda: (Trust(usual_world().authority), _several()),
    "where nobody is known": lambda: (None, None),
    "where no provider is known": lambda: (Trust(usual_world().authority), None),
    "where no authority is known": lambda: (None, _several()),
}


def _several() -> tuple[TrustedNcp, ...]:
    return (ncp(), ncp("SoS", "second"))


@pytest.mark.parametrize("place", _ELSEWHERE)
def test_no_mutant_is_accepted_elsewhere_either(place: str) -> None:
    trust, ncps = _ELSEWHERE[place]()
    base = bases()[9]
    for variant in VARIANTS:
        if variant.trusted is not usual_world:
            continue
        answer = handed_in_to_somebody_else(base, variant.make(base), trust=trust, ncps=ncps)
        assert answer.verdict.overall not in GOOD, variant.label
        assert answer.reason is not None


def test_every_class_of_attack_is_tried_on_every_base_and_on_both_kinds_of_document() -> None:
    tried = Counter((one.attack, one.on) for one in (*VARIANTS, *FLOODS))
    met: dict[str, set[int]] = {attack: set() for attack in CLASSES}
    for share, variants in ((share_of, VARIANTS), (share_of_flood, FLOODS)):
        for one in variants:
            met[one.attack] |= {base.number for base in share(one)}

    assert {attack for attack, _ in tried} == set(CLASSES)
    assert all(tried[attack, kind] >= 5 for attack in CLASSES for kind in On)
    assert {attack: len(numbers) for attack, numbers in met.items()} == dict.fromkeys(met, BASES)
    assert mutants_in_a_quick_run() >= 2_000


def test_no_two_variants_bear_the_same_name() -> None:
    labels = Counter(one.label for one in (*VARIANTS, *FLOODS))

    assert [label for label, count in labels.items() if count > 1] == []


def test_every_reason_of_the_table_speaks_against_the_document() -> None:
    expected = {one.reason for one in (*VARIANTS, *FLOODS)}

    assert all(
        REASONS[one].outcome in {Outcome.REJECTED, Outcome.INDETERMINATE} for one in expected
    )
