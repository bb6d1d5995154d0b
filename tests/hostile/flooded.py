"""How a flood gets into a signed document, from the plainest way to that of a patient attacker.

Planted, it breaks the digest. Where the digest is made again, which asks for no key, only the
value of the signature is wrong. A stranger may sign all of it with a key of his own. And one who
is trusted may sign a flood: that goes the whole way, and may not cost more than the others.
"""

from base64 import b64encode
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256

from lxml import etree

from licenses.model.reasons import Reason
from licenses.model.trust import Purpose
from schema_ext.signing.signature_text import as_signed
from tests.hostile.bases import Base, by_java
from tests.hostile.edits import at_the_start, before, between, piece
from tests.hostile.resigning import elmo_of, seal_of
from tests.hostile.variants import Make, Variant, outer_made, sealed_made
from tests.trust_samples import signing_key

R = Reason

Flood = Callable[[], bytes]
"""A part of a document that is made when it is asked for: all of them take a hundred MiB."""
_STRANGER, _TRUSTED = "a stranger", "first"


@lru_cache(maxsize=1)
def _made(flood: Flood) -> bytes:
    """Return a flood, kept until the next one is made: it may stand in many documents."""
    return flood()


def _flooded(form: Make, flood: Flood) -> Make:
    """Plant a flood where it is met early, so that all that comes is paid for."""
    return lambda base: at_the_start(form(base), _made(flood))


def _redigested(make: Make) -> Make:
    """Make the digest of a document hold again; nothing is signed."""
    return lambda base: with_digest(make(base))


def with_digest(document: bytes) -> bytes:
    """Return a document of one signature, which stands last, with its digest made again."""
    root = etree.fromstring(document)
    signature = root[-1]
    exclusive = b"xml-exc-c14n" in etree.tostring(signature[0])
    root.remove(signature)
    covered = etree.tostring(root, method="c14n", exclusive=exclusive, with_comments=False)
    return between(b"DigestValue>", b"</", b64encode(sha256(covered).digest()))(document)


def _signed(make: Make, purpose: Purpose, name: str) -> Make:
    """Sign a document of ours as it is with a key; it shows what it showed."""

    def made(base: Base) -> bytes:
        document = with_digest(make(base))
        opens, closes = b"<ds:SignedInfo>", b"</ds:SignedInfo>"
        signed_info = piece(document, opens, closes)[len(opens) : -len(closes)]
        value = signing_key(purpose, name).sign(as_signed(signed_info.decode()))
        return between(b"SignatureValue>", b"</", b64encode(value))(document)

    return made


def _elmo(base: Base) -> bytes:
    return base.outer


def _seal(base: Base) -> bytes:
    return base.seal


_foreign_elmo = elmo_of(lambda: signing_key(Purpose.NCP, _STRANGER))
_foreign_seal = seal_of(lambda: signing_key(Purpose.SEAL, _STRANGER))


def within(attack: str, floods: dict[str, Flood]) -> tuple[Variant, ...]:
    """Return the variants of floods that hold every cap."""
    return tuple(one for name, flood in floods.items() for one in _within(attack, name, flood))


def _within(attack: str, name: str, flood: Flood) -> tuple[Variant, ...]:
    ours, java = _flooded(_elmo, flood), _flooded(by_java, flood)
    seal = _flooded(_seal, flood)
    return (
        outer_made(attack, name, ours, R.DIGEST_MISMATCH),
        sealed_made(attack, name, seal, R.DIGEST_MISMATCH),
        outer_made(attack, f"{name}, by Java", java, R.DIGEST_MISMATCH),
        outer_made(attack, f"{name}, digested", _redigested(ours), R.SIGNATURE_INVALID),
        sealed_made(attack, f"{name}, digested", _redigested(seal), R.SIGNATURE_INVALID),
        outer_made(attack, f"{name}, by Java, digested", _redigested(java), R.SIGNATURE_INVALID),
    )


def signed_anew(attack: str, floods: dict[str, Flood]) -> tuple[Variant, ...]:
    """Return floods that hold every cap and are signed: by a stranger, and by whom we trust.

    The latter go all of the way to the schema.
    """
    return tuple(one for name, flood in floods.items() for one in _anew(attack, name, flood))


def _anew(attack: str, name: str, flood: Flood) -> tuple[Variant, ...]:
    elmo = _signed(_flooded(_foreign_elmo, flood), Purpose.NCP, _STRANGER)
    seal = _signed(_flooded(_foreign_seal, flood), Purpose.SEAL, _STRANGER)
    own_seal = _signed(_flooded(_seal, flood), Purpose.SEAL, _TRUSTED)
    return (
        outer_made(attack, f"{name}, by a stranger", elmo, R.WRONG_NCP_KEY),
        sealed_made(attack, f"{name}, by a stranger", seal, R.UNKNOWN_KEY),
        outer_made(attack, f"{name}, by the provider", from_provider(flood), R.SCHEMA_INVALID),
        sealed_made(attack, f"{name}, by the authority", own_seal, R.SCHEMA_INVALID),
    )


def in_clear_copies(attack: str, floods: dict[str, tuple[bytes, Flood]]) -> tuple[Variant, ...]:
    """Return floods of what may stand in a clear copy, each before a mark, by the provider."""
    return tuple(
        outer_made(attack, name, from_provider(flood, mark), R.SCHEMA_INVALID)
        for name, (mark, flood) in floods.items()
    )


def from_provider(flood: Flood, mark: bytes | None = None) -> Make:
    """Sign the flooded ELMO with the provider's own key; the flood stands before a mark."""

    def planted(base: Base) -> bytes:
        return before(mark, _made(flood))(base.outer) if mark else _flooded(_elmo, flood)(base)

    return _signed(planted, Purpose.NCP, _TRUSTED)


def over(attack: str, floods: dict[str, tuple[Flood, Reason]]) -> tuple[Variant, ...]:
    """Return the variants of floods that break a cap."""
    return tuple(
        one
        for name, (flood, reason) in floods.items()
        for one in (
            outer_made(attack, name, _flooded(_elmo, flood), reason),
            sealed_made(attack, name, _flooded(_seal, flood), reason),
        )
    )
