"""Make the legacy partner of the documentation: an invented provider that signs the old way.

`python -m tests.vectors.old_province` makes a key of 1024 bits, signs one ELMO from before 1.0 with
SHA-1, as Java providers did in 2015, writes the document and the operator's record about its
certificate, and forgets the key. Nothing of it is anybody's: province, learner and course do not
exist.
"""

from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from schema_ext.exchange.elmo_parameter import encode_elmo
from schema_ext.signing.policy import RSA_SHA1, SHA1
from tests.unit.signed_documents import by_xmlsec

FOLDER = Path(__file__).parent
RECORD, DOCUMENT = FOLDER / "old-province.toml", FOLDER / "old-province-elmo.txt"
_BEGINS, _ENDS = datetime(2015, 2, 1, tzinfo=UTC), datetime(2018, 2, 1, tzinfo=UTC)
_TEXT = """<elmo xmlns="http://purl.org/net/elmo"><report><learner>
<givenNames>Testa</givenNames><familyName>Testsen</familyName><bday>1990-05-17</bday></learner>
<issuer><title xml:lang="en">University of the Old Province</title></issuer>
<learningOpportunitySpecification><title xml:lang="en">Bridges, an introduction</title>
</learningOpportunitySpecification></report></elmo>"""
_RECORD = '''[[legacy]]
name = "Old Province"
certificate = """
{pem}"""
methods = ["rsa-sha1", "sha1"]
least_rsa_bits = 1024
namespaces = ["http://purl.org/net/elmo"]
judged_at = 2016-06-01T00:00:00Z
recorded_at = 2026-11-01T00:00:00Z
valid_until = 2027-11-01T00:00:00Z
decided_by = "Head of recognition, City Hospital"
why = "Transcripts of 2015 to 2018; the province signs by a method of today from 2027 on."
'''


def make() -> None:
    """Write the record and the document anew, under a new key."""
    private = rsa.generate_private_key(public_exponent=65_537, key_size=1024)
    certificate = _certificate(private)
    pem = certificate.public_bytes(Encoding.PEM).decode("ascii")
    RECORD.write_text(_RECORD.format(pem=pem), encoding="utf-8")
    signed = by_xmlsec(
        _TEXT.encode(), method=RSA_SHA1, digest=SHA1, private=private, certificate=certificate
    )
    DOCUMENT.write_text(encode_elmo(signed) + "\n", encoding="ascii")


def _certificate(private: rsa.RSAPrivateKey) -> x509.Certificate:
    """Return a bare certificate, as partners had them: no extension, no purpose."""
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Old Province")])
    return (
        x509.CertificateBuilder(subject_name=name, issuer_name=name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_BEGINS)
        .not_valid_after(_ENDS)
        .sign(private, hashes.SHA256())
    )


if __name__ == "__main__":
    make()
