"""Make seals for the authorities kept here: draft, lint, sign, and read back what was made.

The order is that of a careful certification authority: the octets are linted with a dummy
signature before any key is touched, and the finished seal goes through the very verifier that
others use before it leaves. Source: design.md 5 (Writing).
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from licenses.errors import ConfigurationRefused, DocumentRejected, Unavailable
from licenses.model.authority import Authority, MandateEntry
from licenses.model.license import Issuer, SealContent
from licenses.model.register import SealDraft
from licenses.model.trust import Purpose, TrustedAuthority, TrustedKey, TrustedSmp
from licenses.model.verdict import StatusStatement
from schema_ext.license_reader import read_license
from schema_ext.license_xml import write_license
from schema_ext.lint import lint
from schema_ext.signing.keys import SigningKey, published
from schema_ext.signing.seal_writer import Sealer as SealWriter
from schema_ext.signing.verifier import verify_seal_in_full
from schema_ext.status_token import sign_status


class LicenseSealer:
    """Seals licenses; see `licenses.ports.Sealer`."""

    def __init__(self, keys: Mapping[str, SigningKey]) -> None:
        """Take the seal key of each authority, by authority id."""
        self._keys = keys
        self._writers = {issuer: SealWriter(key) for issuer, key in keys.items()}

    def draft(
        self, content: SealContent, *, at: datetime, mandate: tuple[MandateEntry, ...]
    ) -> SealDraft:
        """Write the octets of a license and lint them with a dummy signature spliced in.

        Raises:
            LintFailed: the draft breaks a rule; no key was touched.
            ConfigurationRefused: this authority has no seal key here.
        """
        octets = write_license(content)
        lint(self._writer(content).draft(octets, at), issued_at=at, mandate=mandate)
        return SealDraft(content=content, octets=octets, sha256=sha256(octets).hexdigest(), at=at)

    def sign(self, draft: SealDraft) -> bytes:
        """Return what was linted, now truly signed, after reading it back as a stranger would.

        Raises:
            ConfigurationRefused: this authority has no seal key here.
            Unavailable: the key does not answer, or what it made does not verify.
        """
        sealed = self._writer(draft.content).seal(draft.octets, draft.at)
        if not self._reads_back(sealed, draft):
            raise Unavailable("The seal just made does not read back as it was drafted.")
        return sealed

    def _reads_back(self, sealed: bytes, draft: SealDraft) -> bool:
        issuer = draft.content.issuer
        try:
            verified = verify_seal_in_full(sealed, _OwnKeyOnly(issuer, self._keys[issuer.id]))
            return verified.octets == draft.octets and read_license(draft.octets) == draft.content
        except DocumentRejected:
            # A fault of the key or of this program, never of whoever asked for the seal.
            return False

    def _writer(self, content: SealContent) -> SealWriter:
        writer = self._writers.get(content.issuer.id)
        if writer is None:
            raise ConfigurationRefused("There is no seal key for this authority on this server.")
        return writer


class _OwnKeyOnly:
    """The trust source for reading back one's own seal: this authority, this key, nobody else."""

    def __init__(self, issuer: Issuer, key: SigningKey) -> None:
        own = Authority(
            id=issuer.id,
            names=issuer.names,
            country=issuer.country,
            url=issuer.url,
            time_zone="UTC",
        )
        self._own = TrustedAuthority(
            authority=own, keys=(published(key),), status_address=issuer.url
        )

    def authority(self, authority_id: str) -> TrustedAuthority | None:
        return self._own if authority_id == self._own.authority.id else None

    def key_for(self, authority_id: str, purpose: Purpose, kid: str) -> TrustedKey | None:
        (key,) = self._own.keys
        known = self.authority(authority_id) is not None
        return key if known and key.purpose is purpose and key.kid == kid else None

    def authorities(self) -> tuple[TrustedAuthority, ...]:
        return (self._own,)

    def smps(self) -> tuple[TrustedSmp, ...]:
        return ()


class StatusKeys:
    """Signs statements about standing; see `licenses.ports.StatusSigner`."""

    def __init__(self, keys: Mapping[str, SigningKey]) -> None:
        """Take the status key of each authority, by authority id."""
        self._keys = keys

    def sign(self, statement: StatusStatement) -> str:
        """Return the statement as a compact JWT; raise ConfigurationRefused without a key."""
        key = self._keys.get(statement.authority_id)
        if key is None:
            raise ConfigurationRefused("There is no status key for this authority on this server.")
        return sign_status(statement, key)
