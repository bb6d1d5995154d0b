"""What our provider really sent on the way, judged by verifiers nobody here wrote.

The way is walked over HTTP between the two sites of the demo world; the document is the one the
provider signed and the holder's browser posted, byte for byte, and the seals are those inside.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from signxml.verifier import SignatureConfiguration, XMLVerifier
from signxml.xades.xades import XAdESSignatureConfiguration, XAdESVerifier

from api.demo.people import BJORN, KARI
from licenses.model.trust import Purpose
from schema_ext.catalog import schema_parser
from schema_ext.elmo_reader import read_elmo
from tests.exchange.forging import NORWAY, Forge
from tests.exchange.one_world import copied_world
from tests.exchange.sites import NOW, Sites
from tests.exchange.walking import consented, sent_elmo, to_the_check
from tests.interop.documents import run, tool, written

pytestmark = pytest.mark.interop
OFFICIAL = Path(__file__).parents[2] / ".." / "shared" / "elmo-official" / "1.7.0" / "schema.xsd"
JAVA = "VerifyFirst.java"
XMLSEC1 = ("--verify", "--enabled-key-data", "key-name", "--enabled-reference-uris")
SEAL_ID = ("--id-attr:Id", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties")
OUTER = SignatureConfiguration(location="./", expect_references=1, verification_time=NOW)
SEAL = XAdESSignatureConfiguration(location="./", expect_references=2, verification_time=NOW)


@dataclass(frozen=True)
class Sent:
    """One document that was sent, the seals in it, and the certificates of both signers."""

    elmo: bytes
    seals: tuple[bytes, ...]
    provider: x509.Certificate
    authority: x509.Certificate


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """Both sites of a demo world, in this process."""
    return Sites(copied_world(tmp_path_factory, "way"))


@pytest.fixture(scope="module", params=[KARI, BJORN], ids=["one license", "two licenses"])
def sent(sites: Sites, request: pytest.FixtureRequest) -> Sent:
    """What went out when this person consented."""
    browser, forge = sites.browser(), Forge(sites)
    elmo = sent_elmo(sites, consented(browser, to_the_check(browser, request.param)))
    return Sent(
        elmo=elmo,
        seals=tuple(one.sealed for one in read_elmo(elmo).licenses),
        provider=forge.key("ncp-no", Purpose.NCP).certificate,
        authority=forge.key(NORWAY, Purpose.SEAL).certificate,
    )


def _pem(directory: Path, certificate: x509.Certificate) -> str:
    path = directory / "certificate.pem"
    path.write_bytes(certificate.public_bytes(Encoding.PEM))
    return str(path)


def _xmlsec1_accepts(directory: Path, certificate: x509.Certificate, *documents: bytes) -> bool:
    """Say whether xmlsec1 accepts all; documents of the authority are seals."""
    seal = b"<lic:license" in documents[0][:200]
    flags = ("empty,same-doc", *SEAL_ID) if seal else ("empty",)
    key = ("--pubkey-cert-pem", _pem(directory, certificate))
    paths = written(directory, *documents)
    return all(run(tool("xmlsec1"), *XMLSEC1, *flags, *key, one).returncode == 0 for one in paths)


@pytest.fixture(scope="module")
def classes(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the JDK's verifier lies compiled."""
    directory, source = tmp_path_factory.mktemp("classes"), Path(__file__).with_name(JAVA)
    compiled = run(tool("javac"), "-d", str(directory), str(source))
    assert compiled.returncode == 0, compiled.stderr
    return str(directory)


def _jdk_answers(classes: str, profile: str, certificate: str, *paths: str) -> list[str]:
    """Return `valid` or `invalid` for each document, by its first ds:Signature."""
    done = run(tool("java"), "-cp", classes, "VerifyFirst", profile, certificate, *paths)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_xmlsec1_accepts_the_elmo_and_every_seal_in_it(sent: Sent, tmp_path: Path) -> None:
    assert _xmlsec1_accepts(tmp_path, sent.provider, sent.elmo)
    assert _xmlsec1_accepts(tmp_path, sent.authority, *sent.seals)


def test_xmlsec1_refuses_them_with_the_keys_exchanged(sent: Sent, tmp_path: Path) -> None:
    assert not _xmlsec1_accepts(tmp_path, sent.authority, sent.elmo)
    assert not _xmlsec1_accepts(tmp_path, sent.provider, sent.seals[0])


def test_signxml_accepts_the_elmo_and_reads_the_octets_we_signed(sent: Sent) -> None:
    result = XMLVerifier().verify(sent.elmo, x509_cert=sent.provider, expect_config=OUTER)

    assert not isinstance(result, list)
    unsigned, _, _ = sent.elmo.rpartition(b"<ds:Signature ")
    assert result.signed_data == unsigned + b"</elmo>"


def test_signxml_accepts_every_seal_as_xades(sent: Sent) -> None:
    for seal in sent.seals:
        results = XAdESVerifier().verify(seal, x509_cert=sent.authority, expect_config=SEAL)

        assert len(results) == 2
        assert results[1].signed_data.startswith(b"<xades:SignedProperties ")


def test_the_jdk_accepts_the_first_signature_it_finds(
    sent: Sent, classes: str, tmp_path: Path
) -> None:
    altered = sent.elmo.replace(b"<givenNames>", b"<givenNames>X", 1)
    assert altered != sent.elmo
    paths = written(tmp_path, sent.elmo, altered)

    answers = _jdk_answers(classes, "outer", _pem(tmp_path, sent.provider), *paths)

    assert answers == ["valid", "invalid"]


def test_the_jdk_accepts_every_seal(sent: Sent, classes: str, tmp_path: Path) -> None:
    paths = written(tmp_path, *sent.seals)

    answers = _jdk_answers(classes, "seal", _pem(tmp_path, sent.authority), *paths)

    assert answers == ["valid"] * len(sent.seals)


@pytest.mark.skipif(not OFFICIAL.is_file(), reason="the official ELMO schema is not at hand")
def test_the_elmo_is_valid_under_the_unmodified_official_schema(sent: Sent) -> None:
    schema = etree.XMLSchema(etree.fromstring(OFFICIAL.read_bytes(), schema_parser(OFFICIAL)))

    schema.assertValid(etree.fromstring(sent.elmo))
    with pytest.raises(etree.DocumentInvalid):
        schema.assertValid(etree.fromstring(sent.elmo.replace(b"learner>", b"lerner>")))
