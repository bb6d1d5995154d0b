"""What the routes need, in one frozen value; `api.bootstrap` makes it from the settings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from api.rate_limit import RateLimiter
from licenses.ports import Office, StatusSigner, UnitOfWork
from licenses.services.status_query import LONGEST


@dataclass(frozen=True)
class Container:
    """The wired parts of an authority's server.

    `status_limiter` counts the public questions about status; `status_lifetime` is how long an
    answer is good, 24 h at most; `body_caps` gives bytes by the beginning of a path; `snapshot`
    makes units of work that only read, and wait for no writer, where the store has such.
    """

    office: Office
    status_signer: StatusSigner
    status_limiter: RateLimiter
    status_lifetime: timedelta = LONGEST
    body_caps: Mapping[str, int] = field(default_factory=dict)
    snapshot: Callable[[], UnitOfWork] | None = None

    @property
    def unit_of_work(self) -> Callable[[], UnitOfWork]:
        """Makes a unit of work over everything that is kept."""
        return self.office.unit_of_work

    @property
    def reading(self) -> Callable[[], UnitOfWork]:
        """Makes a unit of work for questions that change nothing, not even the audit log."""
        return self.snapshot or self.office.unit_of_work

    @property
    def clock(self) -> Callable[[], datetime]:
        """Gives the instant, aware and in UTC."""
        return self.office.clock
