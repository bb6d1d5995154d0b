"""The login port of an NCP: who is this, and how sure is the provider of it?

`begin` sends the browser to where it logs in, `finish` turns what comes back into an identity.
The demo's provider is a page with a list of people; it exists only where the demo setting is on
(`api.routes.demo_login`), and says so in the level it gives.
"""

from collections.abc import Mapping
from typing import Protocol

from api.demo.people import PEOPLE
from api.demo.somebody import DemoPerson
from licenses.errors import FieldFault, InvalidFields
from licenses.model.exchange import Exchange, Identity, NcpEntry

DEMO_LEVEL = "demo"


class IdentityProvider(Protocol):
    """Somebody who can say who a browser's user is."""

    def begin(self, entry: NcpEntry, exchange: Exchange) -> str:
        """Return the address the browser is sent to; nothing personal is in it."""

    def finish(self, exchange: Exchange, answer: Mapping[str, str]) -> Identity:
        """Return who logged in; raise InvalidFields or NotAuthenticated for a bad answer."""


class DemoIdentityProvider:
    """Lets anybody be anybody of the demo world; nothing is proven, and the level says so."""

    def begin(self, entry: NcpEntry, exchange: Exchange) -> str:
        """Return the address of the page with the list of people."""
        return f"/ncp/{entry.slug}/{exchange.exchange_id}/demo-login"

    def finish(self, exchange: Exchange, answer: Mapping[str, str]) -> Identity:  # noqa: ARG002 - the port
        """Return the person that was picked."""
        chosen = self._people().get(answer.get("subject", ""))
        if chosen is None:
            raise InvalidFields(FieldFault("subject", "unknown", "Choose somebody of the list."))
        return Identity(
            subject=chosen.key,
            person=chosen.person,
            identifiers=chosen.identifiers,
            level=DEMO_LEVEL,
        )

    @staticmethod
    def _people() -> dict[str, DemoPerson]:
        return {person.key: person for person in PEOPLE}
