"""What the pages of a provider and of a receiver need, each in one frozen value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from api.login import IdentityProvider
from api.web.page import Site
from licenses.model.authority import Authority
from licenses.model.exchange import NcpEntry
from licenses.model.trust import TrustSource
from licenses.ports import DocumentVerifier, ProviderDesk, ReceiverDesk
from schema_ext.discovery.emps_file import EmpsList


@dataclass(frozen=True)
class ProviderSite:
    """The data providers (NCPs) of an installation; `authorities` are those kept here, by id."""

    site: Site
    desk: ProviderDesk
    entries: Mapping[str, NcpEntry]
    authorities: Mapping[str, Authority]
    trust: TrustSource
    identity: IdentityProvider
    secure_cookies: bool

    @property
    def clock(self) -> Callable[[], datetime]:
        """Gives the instant, aware and in UTC."""
        return self.desk.clock


@dataclass(frozen=True)
class ReceiverSite:
    """The receiver (SMP) of an installation; `zone` is what times on its pages are told in."""

    site: Site
    desk: ReceiverDesk
    providers: Callable[[], EmpsList]
    verifier: DocumentVerifier
    return_url: str
    country: str
    zone: str
    secure_cookies: bool

    @property
    def clock(self) -> Callable[[], datetime]:
        """Gives the instant, aware and in UTC."""
        return self.desk.clock
