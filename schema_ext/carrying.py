"""Write what a holder sends: the transcript, the ELMO around it, and the provider's signature.

The signed document is read back by the verifier that recipients use before it leaves.
Source: design.md 5 (Writing), 6.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from licenses.errors import ConfigurationRefused, DocumentRejected, Unavailable
from licenses.model.exchange import NcpEntry, Recipient
from licenses.model.export import Export
from licenses.model.license import SealContent
from schema_ext.elmo_content import ElmoContent
from schema_ext.elmo_writer import OpportunityType, write_elmo
from schema_ext.license_reader import read_license
from schema_ext.parsing import parse
from schema_ext.signing.arithmetic import exclusive_c14n
from schema_ext.signing.keys import SigningKey, published
from schema_ext.signing.outer_writer import ElmoSigner
from schema_ext.signing.verifier import verify_outer_in_full
from schema_ext.transcript import transcript_pdf


class ElmoCarrier:
    """Carries licenses in ELMO; see `licenses.ports.Carrier`."""

    def __init__(
        self,
        keys: Mapping[str, SigningKey],
        shown_as: Mapping[str, OpportunityType] = MappingProxyType({}),
    ) -> None:
        """Take the signing key of each provider by its slug, and what it shows a license as."""
        self._keys = keys
        self._shown_as = shown_as
        self._signers = {slug: ElmoSigner(key) for slug, key in keys.items()}

    def content_of(self, sealed: bytes) -> SealContent:
        """Return what a seal kept here says; its signature is not looked at again.

        Raises:
            DocumentRejected: the document is not a license.
        """
        root = parse(sealed)
        root.remove(root[-1])
        return read_license(exclusive_c14n(root))

    def carry(self, export: Export, entry: NcpEntry, recipient: Recipient) -> bytes:
        """Return the signed ELMO document of one provider, in the form the recipient reads.

        Raises:
            ConfigurationRefused: this provider has no key here.
            Unavailable: the key does not answer, or what it made does not verify.
        """
        signer = self._signers.get(entry.slug)
        if signer is None:
            raise ConfigurationRefused("There is no signing key for this provider on this server.")
        transcript = transcript_pdf(export, recipient, entry.name)
        opportunity = self._shown_as.get(entry.slug, OpportunityType.MODULE)
        canonical = write_elmo(
            ElmoContent.of(export, transcript), opportunity=opportunity, version=recipient.elmo
        )
        document = signer.sign(canonical)
        self._read_back(document, canonical, self._keys[entry.slug], export.generated_at)
        return document

    @staticmethod
    def _read_back(document: bytes, canonical: bytes, key: SigningKey, at: datetime) -> None:
        try:
            verified = verify_outer_in_full(document, published(key), now=at)
            reads_back = verified.octets == canonical
        except DocumentRejected:
            # A fault of the key or of this program, never of what the holder chose.
            reads_back = False
        if not reads_back:
            raise Unavailable("The document just signed does not read back as it was written.")
