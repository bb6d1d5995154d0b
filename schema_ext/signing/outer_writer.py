"""Sign an ELMO as the provider: one enveloped XML signature, last child of `elmo`.

No XML library: the ELMO comes as canonical text (`schema_ext.elmo` writes it so), is hashed and
the signature spliced in. One Reference `URI=""`, prefix `ds:`, no whitespace, no Id, no Object:
what xmlsec1, PHP and the JDK's secure validation accept (wire.md 5, profile P3).

Source: design.md 5, column OUTER.
"""

from typing import Final

from cryptography.hazmat.primitives.serialization import Encoding

from licenses.model.trust import Purpose
from schema_ext.signing.keys import SigningKey, require_purpose
from schema_ext.signing.policy import RSA_SHA256
from schema_ext.signing.signature_text import (
    as_signed,
    digest_text,
    document_reference,
    key_info,
    methods,
    spliced,
)

END_OF_ELMO: Final = b"</elmo>"
OUTER_METHODS: Final = methods(RSA_SHA256)


class ElmoSigner:
    """Signs ELMO documents with one key; what depends on the key alone is prepared once."""

    def __init__(self, key: SigningKey) -> None:
        require_purpose(key, Purpose.NCP)
        self._key = key
        self._key_info = key_info(key.certificate.public_bytes(Encoding.DER))

    def sign(self, canonical: bytes) -> bytes:
        """Return the ELMO with its signature.

        Args:
            canonical: exclusive C14N of an unsigned `elmo` document, no XML declaration.

        Raises:
            LintFailed: the text does not end as an ELMO does.
            Unavailable: the key does not answer.
        """
        signed_info = OUTER_METHODS + document_reference(digest_text(canonical))
        signature = self._key.sign(as_signed(signed_info))
        return spliced(canonical, END_OF_ELMO, signed_info, signature, self._key_info)


def sign_elmo(canonical: bytes, key: SigningKey) -> bytes:
    """Return `canonical` signed with `key`; see `ElmoSigner`, which is faster for many."""
    return ElmoSigner(key).sign(canonical)
