"""What costs is refused in time, within the caps and over one, and costs no more when repeated."""

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest

from licenses.model.reasons import Reason
from licenses.model.trust import Purpose, TrustedNcp
from schema_ext.signing.certificates import generate_private_key, self_signed
from schema_ext.signing.keys import InMemoryKey, published
from schema_ext.signing.policy import ECDSA_SHA256
from tests.hostile.bases import bases
from tests.hostile.catalogue import OVER_CAPS, share_of_flood
from tests.hostile.edits import at_the_start, between, piece, swapped
from tests.hostile.flooded import from_provider
from tests.hostile.flooding import WITHIN, WITHIN_A16
from tests.hostile.judging import (
    OVER_SECONDS,
    WITHIN_SECONDS,
    Answer,
    assert_accepted,
    handed_in,
    handed_in_to_somebody_else,
    seconds_to_refuse,
)
from tests.hostile.measuring import measured
from tests.hostile.resigning import by_xml_engine
from tests.hostile.variants import Variant
from tests.trust_samples import ENDS, STARTS, ncp, private_key, signing_key

_SLOWER = 3
"""So much slower than the one the caps were measured on may a machine be; `make soak` allows 1."""
_TIMES = 2.5
_TICK = 0.05
"""Less is not told apart from nothing where one cost is held against another."""
_MOST_OCTETS = 300 * 2**20
_FREE = b"<lic:delivery "
_ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("variant", WITHIN, ids=lambda one: one.label)
def test_a_flood_within_the_caps_is_read_and_refused_in_time(variant: Variant) -> None:
    _assert_refused_in(WITHIN_SECONDS * _SLOWER, variant)


@pytest.mark.parametrize("variant", OVER_CAPS, ids=lambda one: one.label)
def test_a_flood_over_a_cap_is_refused_for_it_at_once(variant: Variant) -> None:
    _assert_refused_in(OVER_SECONDS * _SLOWER, variant)


def _assert_refused_in(most: float, variant: Variant) -> None:
    for base in share_of_flood(variant):
        ask = partial(handed_in, base, variant.make(base))
        assert seconds_to_refuse(variant.reason, ask, most) <= most


def test_a_flood_by_the_provider_where_anything_may_stand_is_read_in_time() -> None:
    base, most = bases()[4], WITHIN_SECONDS * _SLOWER
    flood = from_provider(lambda: b'<y:y xmlns:y="urn:y" c="" b="" a=""/>' * 9_000, _FREE)
    document = flood(base)
    answers = [handed_in(base, document) for _ in range(2)]

    assert_accepted(answers[0], base)
    assert min(answer.seconds for answer in answers) <= most


def _assert_no_dearer(dear: Callable[[], Answer], plain: Callable[[], Answer]) -> None:
    """Hold the cost of one question against that of its plainer neighbour."""
    reason = Reason.DIGEST_MISMATCH
    most = _TIMES * max(seconds_to_refuse(reason, plain, 0), _TICK)

    assert seconds_to_refuse(reason, dear, most) <= most


@pytest.mark.parametrize("flood", WITHIN_A16)
def test_a_strangers_certificate_shown_five_times_costs_no_more_than_once(flood: str) -> None:
    """Each costs xmlsec the C14N of the document, where its key could have made the value."""
    base, stranger = bases()[2], signing_key(Purpose.NCP, "a stranger")
    private = private_key(Purpose.NCP, "a stranger")
    signed = by_xml_engine(base, private=private, certificate=stranger.certificate)
    shown = piece(signed, b"<X509Certificate>", b"</X509Certificate>")
    altered = between(b"<DigestValue>", b"</DigestValue>", b"AAAA")(signed)
    once = at_the_start(altered, WITHIN_A16[flood]())
    five_times = swapped(once, shown, shown * 5)
    several = (ncp(), ncp("SoS", "second"))

    _assert_no_dearer(
        lambda: handed_in_to_somebody_else(base, five_times, trust=None, ncps=several),
        lambda: handed_in_to_somebody_else(base, once, trust=None, ncps=several),
    )


def _on_a_curve(number: int) -> TrustedNcp:
    """Return a provider that signs with P-256."""
    private = generate_private_key(Purpose.SEAL)
    certificate = self_signed(private, Purpose.NCP, f"curve {number}", STARTS, ENDS)
    listed = published(InMemoryKey(private, certificate, Purpose.NCP))
    return ncp(f"NCP-{number}", key=listed)


@pytest.mark.parametrize("shown", [0, 5])
def test_many_providers_on_a_curve_cost_no_more_than_one(shown: int) -> None:
    """Nothing but xmlsec tells whether such a key signed, and it hashes the document first."""
    base, providers = bases()[3], tuple(_on_a_curve(number) for number in range(20))
    signed = by_xml_engine(
        base,
        method=ECDSA_SHA256,
        private=private_key(Purpose.SEAL),
        certificate=signing_key(Purpose.SEAL).certificate,
    )
    named = b"".join(
        b"<X509Certificate>" + b64encode(one.key.certificate) + b"</X509Certificate>"
        for one in providers[:shown]
    )
    key_info = b"<KeyInfo><X509Data>" + named + b"</X509Data></KeyInfo>" if shown else b""
    hidden = swapped(signed, piece(signed, b"<KeyInfo>", b"</KeyInfo>"), key_info)
    flooded = at_the_start(hidden, WITHIN_A16["30 namespaces over 9,000 elements"]())

    _assert_no_dearer(
        lambda: handed_in_to_somebody_else(base, flooded, trust=None, ncps=providers),
        lambda: handed_in_to_somebody_else(base, flooded, trust=None, ncps=providers[:1]),
    )


@cache
def _memory() -> dict[str, int]:
    """Return the octets each flood makes the verifier take, measured in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.measuring"],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    grown: dict[str, int] = json.loads(done.stdout)
    return grown


def test_no_document_takes_more_memory_than_a_verifier_has() -> None:
    grown = _memory()

    assert set(grown) == {one.label for one in measured()}
    assert {label: octets for label, octets in grown.items() if octets > _MOST_OCTETS} == {}
