"""Keys in files: what is kept and how, and everything that must not be loaded."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from licenses.errors import ConfigurationRefused
from licenses.model.trust import Purpose
from schema_ext.signing.certificates import generate_private_key, self_signed
from schema_ext.signing.key_files import KeyStore, create_key, load_key
from schema_ext.signing.keys import SigningKey, kid_of, published, stated_purposes
from tests.unit.signed_documents import ENDS, NOW, STARTS

PASSPHRASE = "correct horse battery staple"
EC_PURPOSES = (Purpose.SEAL, Purpose.STATUS, Purpose.TRUST)
RSA_PURPOSES = (Purpose.NCP, Purpose.PDF)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def made(directory: Path) -> SigningKey:
    return create_key(directory, Purpose.SEAL, "Helse", STARTS, ENDS, PASSPHRASE)


def load(directory: Path, purpose: Purpose = Purpose.SEAL) -> SigningKey:
    return load_key(directory, purpose, PASSPHRASE, now=NOW)


def test_a_key_that_was_made_is_loaded_again(directory: Path, made: SigningKey) -> None:
    loaded = load(directory)

    assert loaded.kid == made.kid == kid_of(made.certificate.public_bytes(Encoding.DER))
    assert loaded.purpose is Purpose.SEAL
    assert loaded.certificate == made.certificate


def test_what_is_published_is_the_certificate_with_its_window(made: SigningKey) -> None:
    trusted = published(made)

    assert (trusted.kid, trusted.purpose) == (made.kid, Purpose.SEAL)
    assert (trusted.valid_from, trusted.valid_until) == (STARTS, ENDS)
    assert hashlib.sha256(trusted.certificate).hexdigest() == made.kid


@pytest.mark.parametrize("purpose", EC_PURPOSES)
def test_a_p256_key_signs_64_octets_that_hold(directory: Path, purpose: Purpose) -> None:
    made = create_key(directory, purpose, "Helse", STARTS, ENDS, PASSPHRASE)

    signature = made.sign(b"octets")

    public_key = made.certificate.public_key()
    assert isinstance(public_key, ec.EllipticCurvePublicKey)
    assert public_key.curve.name == "secp256r1"
    assert len(signature) == 64
    der = ec_der(signature)
    public_key.verify(der, b"octets", ec.ECDSA(SHA256()))


@pytest.mark.parametrize("purpose", RSA_PURPOSES)
def test_an_rsa_key_has_3072_bits_and_signs_by_pkcs1(directory: Path, purpose: Purpose) -> None:
    made = create_key(directory, purpose, "Helse", STARTS, ENDS, PASSPHRASE)

    public_key = made.certificate.public_key()
    assert isinstance(public_key, rsa.RSAPublicKey)
    assert public_key.key_size == 3072
    public_key.verify(made.sign(b"octets"), b"octets", padding.PKCS1v15(), SHA256())


def test_the_certificate_is_for_signing_only_and_names_its_purpose(made: SigningKey) -> None:
    extensions = made.certificate.extensions

    assert not extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    usage = extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert not usage.key_cert_sign
    assert stated_purposes(made.certificate) == {"seal"}
    assert made.certificate.subject.rfc4514_string() == "CN=Helse"
    extensions.get_extension_for_class(x509.SubjectKeyIdentifier)


def test_a_certificate_of_a_partner_names_no_purpose() -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([])
    bare = (
        x509.CertificateBuilder(name, name, private.public_key(), 1, STARTS, ENDS)
        .sign(private, SHA256())
    )  # fmt: skip

    assert stated_purposes(bare) == frozenset()


def test_directory_and_secrets_are_closed_to_others(directory: Path, made: SigningKey) -> None:
    assert directory.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in directory.iterdir()} == {
        "seal.key.pem": 0o600,
        "seal.crt.pem": 0o600,
        "stretch.salt": 0o600,
    }


def test_the_file_opens_with_the_stretched_passphrase_only(
    directory: Path, made: SigningKey
) -> None:
    pem = (directory / "seal.key.pem").read_bytes()
    salt = (directory / "stretch.salt").read_bytes()

    stretched = hashlib.scrypt(
        PASSPHRASE.encode(), salt=salt, n=2**15, r=8, p=1, maxmem=2**27, dklen=32
    )
    assert pem.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    load_pem_private_key(pem, stretched.hex().encode())
    # One wrong password in 256 leaves a padding that looks right, and the words are others then.
    with pytest.raises(ValueError, match=r"password|deserialize"):
        load_pem_private_key(pem, PASSPHRASE.encode())


def test_a_key_shows_nothing_secret_of_itself(made: SigningKey) -> None:
    assert repr(made) == f"InMemoryKey(purpose='seal', kid='{made.kid}')"


def _open_to_group(name: str) -> Callable[[Path], None]:
    return lambda directory: (directory / name).chmod(0o640)


def _rewrite(name: str, octets: bytes) -> Callable[[Path], None]:
    return lambda directory: _put(directory / name, octets)


def _put(path: Path, octets: bytes) -> None:
    path.write_bytes(octets)
    path.chmod(0o600)


def _store_unencrypted(directory: Path) -> None:
    private = generate_private_key(Purpose.SEAL)
    _put(
        directory / "seal.key.pem",
        private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )


def _replace_key(directory: Path, private: ec.EllipticCurvePrivateKey) -> None:
    salt = (directory / "stretch.salt").read_bytes()
    password = hashlib.scrypt(
        PASSPHRASE.encode(), salt=salt, n=2**15, r=8, p=1, maxmem=2**27, dklen=32
    )
    pem = private.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(password.hex().encode())
    )
    _put(directory / "seal.key.pem", pem)


def _other_key(directory: Path) -> None:
    _replace_key(directory, ec.generate_private_key(ec.SECP256R1()))


def _weak_key(directory: Path) -> None:
    private = ec.generate_private_key(ec.SECP192R1())
    _replace_key(directory, private)
    certificate = self_signed(private, Purpose.SEAL, "Helse", STARTS, ENDS)
    _put(directory / "seal.crt.pem", certificate.public_bytes(Encoding.PEM))


def _other_purpose(directory: Path) -> None:
    create_key(directory, Purpose.STATUS, "Helse", STARTS, ENDS, PASSPHRASE)
    for kind in ("key", "crt"):
        (directory / f"status.{kind}.pem").rename(directory / f"seal.{kind}.pem")


SPOILED: dict[str, tuple[Callable[[Path], None], str]] = {
    "a key file open to others": (_open_to_group("seal.key.pem"), "set its mode to 0600"),
    "a salt open to others": (_open_to_group("stretch.salt"), "set its mode to 0600"),
    "a directory open to others": (lambda path: path.chmod(0o755), "set its mode to 0700"),
    "no key": (lambda path: (path / "seal.key.pem").unlink(), "There is no seal key"),
    "no certificate": (lambda path: (path / "seal.crt.pem").unlink(), "There is no seal key"),
    "no salt": (lambda path: (path / "stretch.salt").unlink(), "lost its salt"),
    "a short salt": (_rewrite("stretch.salt", b"1"), "salt of the key directory is damaged"),
    "another salt": (_rewrite("stretch.salt", bytes(16)), "passphrase does not open"),
    "junk for a key": (_rewrite("seal.key.pem", b"junk"), "passphrase does not open"),
    "junk for a certificate": (_rewrite("seal.crt.pem", b"junk"), "certificate cannot be read"),
    "a key that is not encrypted": (_store_unencrypted, "is not encrypted"),
    "another key": (_other_key, "belongs to another key"),
    "a weak key": (_weak_key, "too weak"),
    "a key for another purpose": (_other_purpose, "is not one for seal"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_spoiled_key_directory_is_refused(directory: Path, made: SigningKey, name: str) -> None:
    spoil, sentence = SPOILED[name]
    spoil(directory)

    with pytest.raises(ConfigurationRefused, match=sentence):
        load(directory)


def test_a_wrong_passphrase_is_refused_and_not_repeated(directory: Path, made: SigningKey) -> None:
    with pytest.raises(ConfigurationRefused) as caught:
        load_key(directory, Purpose.SEAL, "hunter2", now=NOW)

    assert "hunter2" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_an_empty_passphrase_is_refused(directory: Path) -> None:
    with pytest.raises(ConfigurationRefused):
        create_key(directory, Purpose.SEAL, "Helse", STARTS, ENDS, "")

    assert not directory.exists()


@pytest.mark.parametrize("now", [STARTS - timedelta(seconds=1), ENDS + timedelta(seconds=1)])
def test_a_key_outside_its_window_does_not_sign(
    directory: Path, made: SigningKey, now: object
) -> None:
    assert isinstance(now, type(NOW))
    with pytest.raises(ConfigurationRefused, match="not valid now"):
        load_key(directory, Purpose.SEAL, PASSPHRASE, now=now)


def test_a_missing_directory_is_refused(directory: Path) -> None:
    with pytest.raises(ConfigurationRefused, match="does not exist"):
        load(directory)


def test_one_key_a_purpose_is_in_force(directory: Path, made: SigningKey) -> None:
    with pytest.raises(ConfigurationRefused, match="retire it"):
        create_key(directory, Purpose.SEAL, "Helse", STARTS, ENDS, PASSPHRASE)

    assert load(directory).kid == made.kid


def test_a_retired_key_signs_no_more_and_its_certificate_stays(
    directory: Path, made: SigningKey
) -> None:
    store = KeyStore(directory, PASSPHRASE)

    store.retire(Purpose.SEAL)
    with pytest.raises(ConfigurationRefused):
        store.load(Purpose.SEAL, NOW)
    successor = store.create(Purpose.SEAL, "Helse", STARTS, ENDS)
    store.retire(Purpose.TRUST)

    assert store.load(Purpose.SEAL, NOW).kid == successor.kid != made.kid
    kept = (directory / f"retired-seal-{made.kid}.crt.pem").read_bytes()
    assert x509.load_pem_x509_certificate(kept) == made.certificate


@pytest.mark.parametrize("subject", ["", "x" * 65])
def test_a_name_that_fits_no_certificate_is_refused_and_nothing_kept(
    directory: Path, subject: str
) -> None:
    with pytest.raises(ConfigurationRefused, match="1 to 64"):
        create_key(directory, Purpose.SEAL, subject, STARTS, ENDS, PASSPHRASE)

    assert [path.name for path in directory.iterdir()] == ["stretch.salt"]


def test_an_empty_window_is_refused(directory: Path) -> None:
    with pytest.raises(ConfigurationRefused, match="end after it begins"):
        create_key(directory, Purpose.SEAL, "Helse", STARTS, STARTS, PASSPHRASE)


def ec_der(signature: bytes) -> bytes:
    return encode_dss_signature(
        int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    )
