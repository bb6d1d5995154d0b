"""A P-256 signature keeps its two numbers on the way from DER to r||s."""

from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import example, given
from hypothesis import strategies as st

from schema_ext.signing.keys import r_and_s

LARGEST = 2**256 - 1
NUMBERS = st.integers(1, LARGEST) | st.integers(0, 255).map(lambda bits: 1 << bits)


@given(NUMBERS, NUMBERS)
@example(1, LARGEST)
@example(LARGEST, 1)
@example(2**255, 2**247)
@example(2**248 - 1, 2**255 - 1)
def test_both_numbers_come_back_in_32_octets_each(r: int, s: int) -> None:
    raw = r_and_s(encode_dss_signature(r, s))

    assert len(raw) == 64
    assert (int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")) == (r, s)
