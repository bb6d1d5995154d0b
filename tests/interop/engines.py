"""Four verifiers that nobody here wrote, each asked about many documents.

Every one is given the certificate of the signer it is to expect, and told to trust nothing that
a document shows. None of them says what was signed, or what a license means: they answer yes or
no, and whatever goes wrong inside them is a no.
"""

import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from lxml import etree
from signxml.verifier import SignatureConfiguration, XMLVerifier
from signxml.xades.xades import XAdESSignatureConfiguration, XAdESVerifier

from licenses.model.trust import Purpose
from schema_ext.namespaces import xades
from tests.interop.documents import run, tool, written
from tests.trust_samples import private_key, signing_key
from tests.unit.signed_documents import NOW

# Without key-name, xmlsec1 takes the key from the document itself (security.md A11).
_FLAGS = ("--verify", "--enabled-key-data", "key-name", "--enabled-reference-uris")
_SEAL_ID = ("--id-attr:Id", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties")
_OUTER = SignatureConfiguration(location="./", expect_references=1, verification_time=NOW)
_SEAL = XAdESSignatureConfiguration(location="./", expect_references=2, verification_time=NOW)
_PATIENCE = 600

Answers = Callable[[Path, Purpose, Sequence[bytes]], list[bool]]


def certificate_of(purpose: Purpose) -> x509.Certificate:
    """Return whom an engine is told to expect."""
    return signing_key(purpose).certificate


def _certificate_file(folder: Path, purpose: Purpose) -> str:
    path = folder / f"{purpose.value}.pem"
    path.write_bytes(certificate_of(purpose).public_bytes(Encoding.PEM))
    return str(path)


def by_xmlsec1(folder: Path, purpose: Purpose, documents: Sequence[bytes]) -> list[bool]:
    """Ask xmlsec1, a process a document."""
    seal = purpose is Purpose.SEAL
    certificate = _certificate_file(folder, purpose)
    command = (
        *(tool("xmlsec1"), *_FLAGS, "empty,same-doc" if seal else "empty"),
        *("--pubkey-cert-pem", certificate, *(_SEAL_ID if seal else ())),
    )
    with ThreadPoolExecutor(2) as asked:
        done = asked.map(lambda path: run(*command, path), written(folder, *documents))
        return [one.returncode == 0 for one in done]


def by_signxml(folder: Path, purpose: Purpose, documents: Sequence[bytes]) -> list[bool]:
    """Ask signxml, which is the only one that also checks the signature by its schema."""
    del folder
    ask = _signxml_seal if purpose is Purpose.SEAL else _signxml_outer
    return [_without_fault(ask, one) for one in documents]


def _signxml_outer(document: bytes) -> None:
    certificate = certificate_of(Purpose.NCP)
    XMLVerifier().verify(document, x509_cert=certificate, expect_config=_OUTER)


def _signxml_seal(document: bytes) -> None:
    certificate = certificate_of(Purpose.SEAL)
    XAdESVerifier().verify(document, x509_cert=certificate, expect_config=_SEAL)


def by_python_xmlsec(folder: Path, purpose: Purpose, documents: Sequence[bytes]) -> list[bool]:
    """Ask python-xmlsec about the first signature it finds, as its examples do."""
    del folder
    pem = certificate_of(purpose).public_bytes(Encoding.PEM)

    def ask(document: bytes) -> None:
        root = etree.fromstring(document)
        context = xmlsec.SignatureContext()
        context.key = xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatCertPem)
        for properties in root.iter(xades("SignedProperties")):
            context.register_id(properties, "Id")
        signature = xmlsec.tree.find_node(root, xmlsec.constants.NodeSignature)
        if signature is None:
            raise xmlsec.Error
        context.verify(signature)

    return [_without_fault(ask, one) for one in documents]


def _without_fault(ask: Callable[[bytes], None], document: bytes) -> bool:
    try:
        ask(document)
    except Exception:  # noqa: BLE001 - engines raise what they like, and any of it is a no
        return False
    return True


class Jdk:
    """The verifier of the JDK, compiled once into a folder, and its signer."""

    def __init__(self, folder: Path) -> None:
        sources = [str(path) for path in Path(__file__).parent.glob("*.java")]
        compiled = run(tool("javac"), "-Xlint:all", "-Werror", "-d", str(folder), *sources)
        assert compiled.returncode == 0, compiled.stderr
        self._classes = str(folder)

    def answers(self, folder: Path, purpose: Purpose, documents: Sequence[bytes]) -> list[bool]:
        """Ask about all documents in one process, as clients do: the first signature found."""
        profile = "seal" if purpose is Purpose.SEAL else "outer"
        paths = written(folder, *documents)
        told = self._run("VerifyFirst", profile, _certificate_file(folder, purpose), *paths)
        return [answer == "valid" for answer in told.split()]

    def signed(self, folder: Path, texts: Sequence[bytes]) -> list[bytes]:
        """Sign ELMO texts with the provider's key, as Java providers do."""
        key = folder / "key.der"
        private = private_key(Purpose.NCP)
        key.write_bytes(private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
        unsigned = written(folder, *texts)
        signed = folder / "signed"
        signed.mkdir()
        certificate = _certificate_file(folder, Purpose.NCP)
        self._run("SignAsProvider", str(key), certificate, str(signed), *unsigned)
        return [(signed / Path(path).name).read_bytes() for path in unsigned]

    def _run(self, name: str, *arguments: str) -> str:
        command = (tool("java"), "-cp", self._classes, name, *arguments)
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2_000:]
        return done.stdout
