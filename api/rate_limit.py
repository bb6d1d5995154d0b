"""A token bucket for each client address, in this process (security.md R-L1).

Several processes each keep their own count; a shared one belongs to the load balancer. The
table of addresses is bounded, so that counting cannot be used to fill the memory.
"""

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, IPv6Network, ip_address
from math import ceil
from threading import Lock

from api.problems import TooManyRequests

_MOST_CLIENTS = 20_000


class RateLimiter:
    """At most `burst` requests at once and `per_second` on average, for each client.

    `clock` gives seconds that never run backwards.
    """

    def __init__(self, *, per_second: float, burst: int, clock: Callable[[], float]) -> None:
        self._per_second = per_second
        self._burst = burst
        self._clock = clock
        self._lock = Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def admit(self, address: str) -> None:
        """Count one request; raise TooManyRequests with the seconds to wait."""
        client, now = _client(address), self._clock()
        with self._lock:
            tokens, since = self._buckets.pop(client, (float(self._burst), now))
            tokens = min(float(self._burst), tokens + (now - since) * self._per_second)
            admitted = tokens >= 1
            self._buckets[client] = (tokens - 1 if admitted else tokens, now)
            if len(self._buckets) > _MOST_CLIENTS:
                self._buckets.popitem(last=False)
        if not admitted:
            raise TooManyRequests(ceil((1 - tokens) / self._per_second))


def _client(address: str) -> str:
    """An IPv6 client owns a whole /64, so that is who is counted."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(IPv6Network((parsed, 64), strict=False))
    return address
