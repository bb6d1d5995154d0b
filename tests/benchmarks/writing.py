"""How fast we seal and sign, beside the bare signature of the same octets."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from licenses.model.trust import Purpose
from schema_ext.license_xml import write_license
from schema_ext.lint import lint
from schema_ext.signing.outer_writer import ElmoSigner
from schema_ext.signing.seal_writer import Sealer
from tests.benchmarks.documents import contents, documents
from tests.benchmarks.rounds import Figure, Goal, over, rates
from tests.factories import AuthorityFactory
from tests.trust_samples import private_key, signing_key
from tests.unit.carried_documents import NOW

_DIFFERENT = 200
_ELMO_OCTETS = 4_000


def figures() -> list[Figure]:
    """Measure both kinds of signature."""
    return [*_seal(), *_elmo()]


def _seal() -> list[Figure]:
    """Build and seal one license after the other; lint is timed beside it and not in it."""
    key, private = signing_key(Purpose.SEAL), private_key(Purpose.SEAL)
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    sealer, mandate = Sealer(key), AuthorityFactory.build().mandate
    many = contents(_DIFFERENT)
    octets = [write_license(one) for one in many]
    drafts = [sealer.draft(one, NOW) for one in octets]
    seen = rates(
        {
            "raw": over(octets, lambda one: private.sign(one, ec.ECDSA(hashes.SHA256()))),
            "seal": over(many, lambda one: sealer.seal(write_license(one), NOW)),
            "lint": over(drafts, lambda one: lint(one, issued_at=NOW, mandate=mandate)),
        }
    )
    return [
        Figure("raw P-256 signatures a CPU second", round(seen["raw"])),
        Figure(
            "build and seal one license / raw P-256 signature",
            round(seen["seal"] / seen["raw"], 3),
            Goal(0.45),
        ),
        Figure("lint one license, microseconds", round(1e6 / seen["lint"])),
        Figure("build and seal one license, microseconds", round(1e6 / seen["seal"])),
    ]


def _elmo() -> list[Figure]:
    """Sign a finished canonical ELMO of 4 KB, and the smallest one that we write."""
    key, private = signing_key(Purpose.NCP), private_key(Purpose.NCP)
    assert isinstance(private, rsa.RSAPrivateKey)
    signer = ElmoSigner(key)
    whole = documents()[0].canonical
    # What is signed need not mean anything; that it ends as an ELMO does is all that is asked.
    start = whole[: whole.index(b"<learner>")]
    small = start + b"<!-- -->".ljust(_ELMO_OCTETS - len(start) - 7, b" ") + b"</elmo>"
    seen = rates(
        {
            "raw": over(
                [small], lambda one: private.sign(one, padding.PKCS1v15(), hashes.SHA256())
            ),
            "small": over([small], signer.sign),
            "whole": over([whole], signer.sign),
        }
    )
    return [
        Figure("raw RSA-2048 signatures a CPU second", round(seen["raw"])),
        Figure(
            f"sign an ELMO of {len(small):,} octets / raw RSA-2048 signature",
            round(seen["small"] / seen["raw"], 3),
            Goal(0.85),
        ),
        Figure(
            f"sign an ELMO of {len(whole):,} octets / raw RSA-2048 signature",
            round(seen["whole"] / seen["raw"], 3),
            Goal(0.85),
        ),
    ]
