"""Ask an authority whether a seal still stands, at the address the trust source gives for it.

The address never comes from a document (design.md 7), the question holds nothing but the seal's
random id, and the answer is bounded in time and size. Anything but a clear answer is Unavailable.
"""

import time
from collections.abc import Callable
from http import HTTPStatus

import httpx

from licenses.errors import Unavailable
from licenses.model.trust import TrustedAuthority

_SECONDS = 3.0
_TIMEOUT = httpx.Timeout(_SECONDS)
_MAX_ANSWER = 64 * 1024


class StatusClient:
    """Asks over HTTP; one client serves all threads of a process.

    `monotonic` gives seconds that never run backwards.
    """

    def __init__(
        self,
        client: httpx.Client | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._monotonic = monotonic
        self._client = client or httpx.Client(
            timeout=_TIMEOUT, follow_redirects=False, trust_env=False
        )

    def ask(self, authority: TrustedAuthority, seal_id: str) -> str | None:
        """Return the authority's token about a seal, None where it knows no such seal.

        Raises:
            Unavailable: no answer within 3 s, too long an answer, or none that can be read.
        """
        began = self._monotonic()
        try:
            with self._client.stream("GET", f"{authority.status_address}{seal_id}") as answer:
                if answer.status_code == HTTPStatus.NOT_FOUND:
                    return None
                if answer.status_code != HTTPStatus.OK:
                    raise Unavailable("The authority did not answer the question.")
                return self._bounded(answer, began + _SECONDS)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeDecodeError):
            raise Unavailable("The authority could not be reached.") from None

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _bounded(self, answer: httpx.Response, ends: float) -> str:
        token = bytearray()
        for part in answer.iter_bytes():
            token += part
            # The client's own limit is for each octet, so an answer in drops would never end.
            if len(token) > _MAX_ANSWER or self._monotonic() > ends:
                raise Unavailable("The authority's answer is too long, or too slow.")
        return token.decode("ascii").strip()
