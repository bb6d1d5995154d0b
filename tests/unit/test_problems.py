"""The table of problems is total, and the rate limiter counts fairly."""

import json

import pytest

from api import problems
from api.field_faults import field_faults
from api.problems import MethodNotAllowed, TooManyRequests, problem, status_of_error
from api.rate_limit import RateLimiter
from licenses.errors import DocumentRejected, FieldFault, InvalidFields, LicensingError


def _all(kind: type[LicensingError]) -> list[type[LicensingError]]:
    return [kind, *(one for child in kind.__subclasses__() for one in _all(child))]


EVERY = [one for one in dict.fromkeys(_all(LicensingError)) if one is not LicensingError]


def _made(kind: type[LicensingError]) -> LicensingError:
    if issubclass(kind, InvalidFields):
        return kind(FieldFault("number", "wrong-form", "is not of the required form"))
    if issubclass(kind, DocumentRejected):
        return kind("schema-invalid", "a sentence")
    if issubclass(kind, MethodNotAllowed):
        return kind(["GET", "POST"])
    return kind(3) if issubclass(kind, TooManyRequests) else kind("a sentence")


@pytest.mark.parametrize("kind", EVERY)
def test_every_expected_error_has_a_status_and_becomes_a_problem(
    kind: type[LicensingError],
) -> None:
    answer = problem(_made(kind))

    body = json.loads(bytes(answer.body))
    assert 400 <= answer.status_code < 600
    assert (body["status"], body["code"]) == (answer.status_code, kind.code)
    assert body["title"]
    assert answer.media_type == "application/problem+json"


def test_codes_are_unique() -> None:
    codes = [kind.code for kind in EVERY]

    assert len(codes) == len(set(codes))


def test_an_error_nobody_placed_is_noticed() -> None:
    with pytest.raises(KeyError):
        status_of_error(LicensingError("new"))


def test_a_fault_of_an_unforeseen_kind_is_named_without_its_value() -> None:
    error = {"type": "brand_new", "loc": ("body", "number"), "msg": "12 is bad", "input": "12"}

    assert field_faults([error]) == (FieldFault("number", "not-valid", "is not valid"),)


def test_the_limiter_lets_a_burst_through_and_then_the_rate() -> None:
    now = [0.0]
    limiter = RateLimiter(per_second=2, burst=4, clock=lambda: now[0])
    for _ in range(4):
        limiter.admit("192.0.2.1")

    with pytest.raises(TooManyRequests) as caught:
        limiter.admit("192.0.2.1")
    assert caught.value.seconds == 1
    now[0] = 0.5
    limiter.admit("192.0.2.1")
    with pytest.raises(TooManyRequests):
        limiter.admit("192.0.2.1")


def test_one_client_does_not_use_up_anothers_share() -> None:
    limiter = RateLimiter(per_second=1, burst=1, clock=lambda: 0.0)
    for address in ("192.0.2.1", "192.0.2.2", "2001:db8:1::1", "2001:db8:2::1"):
        limiter.admit(address)
        with pytest.raises(TooManyRequests):
            limiter.admit(address)


def test_addresses_of_one_ipv6_network_are_one_client() -> None:
    limiter = RateLimiter(per_second=1, burst=1, clock=lambda: 0.0)
    limiter.admit("2001:db8::1")

    with pytest.raises(TooManyRequests):
        limiter.admit("2001:db8::ffff:1")


def test_the_table_of_clients_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.rate_limit._MOST_CLIENTS", 10)
    limiter = RateLimiter(per_second=1, burst=1, clock=lambda: 0.0)
    for n in range(50):
        limiter.admit(f"192.0.2.{n}")

    assert len(limiter._buckets) == 10


def test_titles_exist_for_every_status() -> None:
    assert {status for _, status in problems._STATUS} <= set(problems._TITLES)
