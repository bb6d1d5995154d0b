"""All of the attacks on all of the bases, and what other verifiers say of thousands of them."""

from functools import partial

import pytest

from tests.hostile.bases import bases
from tests.hostile.catalogue import FLOODS, OVER_CAPS, VARIANTS, answered, share_of_flood
from tests.hostile.judging import (
    OVER_SECONDS,
    WITHIN_SECONDS,
    assert_refused,
    handed_in,
    seconds_to_refuse,
)
from tests.hostile.variants import Variant
from tests.interop.campaign import whole_campaign
from tests.interop.disagreements import LOOSER, STRICTER, disagreements, our_answer
from tests.interop.engines import Jdk

pytestmark = pytest.mark.soak

_BASES_OF_A_FLOOD = 10


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda one: one.label)
def test_no_mutant_of_any_base_is_accepted(variant: Variant) -> None:
    for base in bases():
        answer, reason = answered(variant, base)
        assert_refused(answer, reason)
        assert answer.seconds <= WITHIN_SECONDS


@pytest.mark.parametrize("variant", FLOODS, ids=lambda one: one.label)
def test_no_flood_of_any_base_is_accepted(variant: Variant) -> None:
    most = OVER_SECONDS if variant in OVER_CAPS else WITHIN_SECONDS
    for base in share_of_flood(variant, _BASES_OF_A_FLOOD):
        document = variant.make(base)
        ask = partial(handed_in, base, document)
        assert seconds_to_refuse(variant.reason, ask, most) <= most


def test_every_disagreement_of_the_whole_campaign_is_explained(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    jdk = Jdk(tmp_path_factory.mktemp("classes"))
    cases = whole_campaign(tmp_path_factory.mktemp("signed"), jdk)

    found = disagreements(tmp_path_factory.mktemp("asked"), jdk, cases)

    assert [(one.engine, one.case.label, one.ours) for one in found if one.rule is None] == []
    # A rule that explains nothing any more would hide the next disagreement of its kind.
    assert {one.rule for one in found} == {*map(str, STRICTER), *(one.name for one in LOOSER)}
    assert [one.label for one in cases if one.label.startswith("genuine") and our_answer(one)] == []
