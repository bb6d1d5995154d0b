"""Where other verifiers say otherwise than ours, a rule explains it; the whole is `make soak`."""

from random import Random

import pytest

from licenses.model.reasons import Reason
from tests.hostile.bases import Base, bases
from tests.hostile.judging import assert_accepted, handed_in, posted
from tests.interop.campaign import BEGIN, END, PAGE, damaged, genuine, harmless, hostile
from tests.interop.disagreements import (
    LOOSER,
    STRICTER,
    Case,
    Disagreement,
    disagreements,
    explained,
    our_answer,
)
from tests.interop.engines import Jdk

pytestmark = pytest.mark.interop
_EVERY = 16
_DAMAGED = 60


@pytest.fixture(scope="module")
def jdk(tmp_path_factory: pytest.TempPathFactory) -> Jdk:
    """The JDK, ready to sign and to verify."""
    return Jdk(tmp_path_factory.mktemp("classes"))


@pytest.fixture(scope="module")
def by_jdk(jdk: Jdk, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Base, bytes]]:
    """A few bases, each with its ELMO signed by the JDK."""
    chosen = bases()[:5]
    signed = jdk.signed(tmp_path_factory.mktemp("signed"), [base.elmo_text for base in chosen])
    return list(zip(chosen, signed, strict=True))


@pytest.fixture(scope="module")
def sample(by_jdk: list[tuple[Base, bytes]]) -> list[Case]:
    """A part of the whole campaign."""
    real = [case for base, signed in by_jdk for case in genuine(base, signed)]
    return [
        *real,
        *hostile(bases()[7], every=_EVERY),
        *harmless(bases()[8]),
        *damaged(real, Random(7), _DAMAGED),
    ]


@pytest.fixture(scope="module")
def found(
    jdk: Jdk, sample: list[Case], tmp_path_factory: pytest.TempPathFactory
) -> list[Disagreement]:
    """Every answer to the sample that is not ours."""
    return disagreements(tmp_path_factory.mktemp("asked"), jdk, sample)


def test_an_elmo_signed_by_the_jdk_is_accepted(by_jdk: list[tuple[Base, bytes]]) -> None:
    for base, signed in by_jdk:
        assert b"<Signature xmlns=" in signed
        assert b"&#13;" in signed
        assert_accepted(handed_in(base, signed), base)
        assert_accepted(posted(base, signed), base)


def test_every_disagreement_is_explained(found: list[Disagreement]) -> None:
    assert [(one.engine, one.case.label, one.ours) for one in found if one.rule is None] == []
    assert "inclusive C14N" in {one.rule for one in found}
    assert len({one.rule for one in found}) > 5, "the sample is large enough to find something"


def test_every_genuine_document_is_accepted_by_us(sample: list[Case]) -> None:
    refused = [one.label for one in sample if one.label.startswith("genuine") and our_answer(one)]

    assert refused == []


def test_others_accept_all_that_is_genuine_but_signxml_what_java_signs(
    found: list[Disagreement],
) -> None:
    refused = {
        (one.engine, one.case.label) for one in found if one.case.label.startswith("genuine")
    }

    assert refused == {
        ("signxml", "genuine, of Java's form"),
        ("signxml", "genuine, by the JDK"),
    }


@pytest.mark.parametrize("reason", [Reason.DIGEST_MISMATCH, Reason.SIGNATURE_INVALID])
def test_nothing_explains_another_answer_to_the_arithmetic_itself(reason: Reason) -> None:
    assert explained("xmlsec1", reason, b"") is None
    assert explained("xmlsec1", None, b"") is None


def test_the_documentation_tells_every_rule() -> None:
    _, begin, rest = PAGE.read_text("utf-8").partition(BEGIN)
    told, end, _ = rest.partition(END)

    assert begin
    assert end
    for reason, why in STRICTER.items():
        assert f"| `{reason}` |" in told
        assert why in told
    for rule in LOOSER:
        assert f"| {rule.name} |" in told
        assert rule.sentence in told
