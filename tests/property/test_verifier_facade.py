"""Whatever comes in, a verdict comes out, and a good one only for what was really made."""

from collections.abc import Callable
from functools import cache

import hypothesis.strategies as st
from hypothesis import given, settings

from api.verdict_json import verdict_json
from licenses.model.export import ExportedLicense
from licenses.model.reasons import REASONS, Outcome, Reason
from licenses.model.verdict import Circumstances, DocumentVerdict, Overall
from schema_ext.exchange.elmo_parameter import encode_elmo
from tests.unit.carried_documents import EXPECTED, elmo, exported, in_session, verifier

GOOD = {Overall.MAY_WORK, Overall.MAY_WORK_WITH_CONDITIONS}
HANDED_IN = Circumstances(expectation=EXPECTED)
MANY = settings(max_examples=200, deadline=None)


@cache
def _license() -> ExportedLicense:
    return exported()


@cache
def real() -> dict[str, bytes]:
    """Return one good document of each kind, made once."""
    carrier = elmo((_license(),))
    return {
        "sealed-license": _license().sealed,
        "elmo": carrier,
        "response": encode_elmo(carrier).encode(),
    }


@cache
def _reading() -> Callable[[bytes, Circumstances], DocumentVerdict]:
    return verifier(ask=lambda *_: _license().status_token).verdict


def read(document: bytes, circumstances: Circumstances = HANDED_IN) -> DocumentVerdict:
    """Return the verdict, checked for what is true of every verdict."""
    verdict = _reading()(document, circumstances)
    reasons = {*verdict.reasons, *verdict.signature.reasons}
    reasons |= {reason for one in verdict.licenses for reason in one.reasons}
    assert Reason.VERIFIER_FAULT not in reasons, "no failure may be left to the last resort"
    if any(REASONS[reason].outcome is Outcome.REJECTED for reason in reasons):
        assert verdict.overall is Overall.MUST_NOT_RELY
    if verdict.overall in GOOD:
        assert verdict.licenses
        assert all(one.overall in GOOD for one in verdict.licenses)
    assert verdict_json(verdict)["overall"] == verdict.overall
    return verdict


@cache
def told(kind: str) -> DocumentVerdict:
    """Return what the real document of a kind says; it is good, so that changes can be seen."""
    verdict = read(real()[kind], in_session() if kind == "response" else HANDED_IN)
    assert verdict.overall is Overall.MAY_WORK
    return verdict


@given(st.binary(max_size=2000), st.booleans())
@MANY
def test_random_octets_get_a_verdict(document: bytes, posted: bool) -> None:
    verdict = read(document, in_session() if posted else HANDED_IN)

    assert verdict.overall is Overall.MUST_NOT_RELY


@given(st.text(alphabet="<>/&;!?-[]=\"' ax:mlnselmo\u00e5\u202e", max_size=300))
@MANY
def test_random_markup_gets_a_verdict(text: str) -> None:
    inside = f'<elmo xmlns="https://github.com/emrex-eu/elmo-schemas/tree/v1">{text}</elmo>'

    assert read(text.encode()).overall is Overall.MUST_NOT_RELY
    assert read(inside.encode()).overall is not Overall.MAY_WORK


edits = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.sampled_from(["flip", "cut", "drop", "double", "insert", "splice"]),
        st.binary(min_size=1, max_size=12),
    ),
    min_size=1,
    max_size=3,
)


def mutated(document: bytes, changes: list[tuple[float, str, bytes]], other: bytes) -> bytes:
    """Return the document after each change at its place."""
    for where, how, octets in changes:
        at = int(where * max(len(document) - 1, 0))
        head, rest = document[:at], document[at:]
        match how:
            case "flip":
                document = head + bytes(a ^ 1 for a in rest[:1]) + rest[1:]
            case "cut":
                document = head
            case "drop":
                document = head + rest[len(octets) :]
            case "double":
                document = head + rest[:200] + rest
            case "insert":
                document = head + octets + rest
            case _:
                document = head + other[at : at + 300] + rest
    return document


@given(st.sampled_from(["sealed-license", "elmo"]), edits)
@MANY
def test_a_mutated_document_says_nothing_but_what_was_signed(
    kind: str, changes: list[tuple[float, str, bytes]]
) -> None:
    other = "elmo" if kind == "sealed-license" else "sealed-license"

    verdict = read(mutated(real()[kind], changes, real()[other]))

    content = told(kind).licenses[0].content_shown
    for one in verdict.licenses:
        assert one.content_shown in (None, content)
    assert verdict.learner in (None, told(kind).learner)
    if verdict.overall in GOOD:
        assert verdict.licenses[0].content_shown == content


@given(edits)
@MANY
def test_a_mutated_answer_says_nothing_but_what_was_signed(
    changes: list[tuple[float, str, bytes]],
) -> None:
    verdict = read(mutated(real()["response"], changes, real()["elmo"]), in_session())

    if verdict.overall in GOOD:
        assert verdict.licenses == told("response").licenses
        assert verdict.document_sha256 == told("response").document_sha256


@given(st.sampled_from(["sealed-license", "elmo"]), edits)
@MANY
def test_a_mutated_document_well_packed_is_read_no_better(
    kind: str, changes: list[tuple[float, str, bytes]]
) -> None:
    changed = mutated(real()[kind], changes, real()["response"])

    verdict = read(encode_elmo(changed).encode(), in_session())

    if verdict.overall in GOOD:
        assert kind == "elmo"
        assert verdict.document_sha256 == told("elmo").document_sha256


parts = st.sampled_from(
    [
        b"<ds:Signature",
        b"</ds:Signature>",
        b"<lic:license",
        b"</lic:license>",
        b"<learner>",
        b"</learner>",
        b"<ds:KeyInfo>",
        b"</ds:KeyInfo>",
        b"<extension>",
        b"</extension>",
        b"<lic:status",
        b"</lic:status>",
        b"<report>",
        b"</report>",
    ]
)


@given(parts, parts, st.integers(0, 3))
@MANY
def test_whole_parts_moved_doubled_or_dropped_say_nothing_new(
    begins: bytes, ends: bytes, how: int
) -> None:
    document = real()["elmo"]
    start, end = document.find(begins), document.find(ends)
    piece = document[start:end] if start < end else document[end:start]
    rest = document.replace(piece, b"", 1)
    changed = {
        0: rest,
        1: document.replace(piece, piece + piece, 1),
        2: rest.replace(b"</elmo>", piece + b"</elmo>"),
        3: rest.replace(b"<learner>", piece + b"<learner>"),
    }[how]

    verdict = read(changed)

    if verdict.overall in GOOD:
        assert verdict.document_sha256 == told("elmo").document_sha256


@given(st.binary(max_size=300))
@MANY
def test_any_octets_in_the_place_of_the_seal_are_refused_under_a_right_signature(
    octets: bytes,
) -> None:
    one = _license().model_copy(update={"sealed": octets or b"x"})

    verdict = read(elmo((one,)))

    assert verdict.overall is Overall.MUST_NOT_RELY
    assert verdict.licenses[0].content_shown is None
