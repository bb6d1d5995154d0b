"""How fast a document is judged beside the same job on signxml, and its schema beside its parse."""

from licenses.model.people import PersonName
from licenses.model.trust import ElmoVersion, Purpose
from licenses.model.verdict import Circumstances, Expectation, Overall
from schema_ext import status_token
from schema_ext.documents import Verifier
from schema_ext.parsing import parse
from schema_ext.signing.verifier import verify_outer, verify_seal
from schema_ext.validation import Schema, elmo_schema
from tests.benchmarks.documents import HOLDER, Document, documents
from tests.benchmarks.java import JavaVerifier
from tests.benchmarks.peer import Peer
from tests.benchmarks.rounds import Figure, Goal, here, rates
from tests.trust_samples import ncp, signing_key
from tests.unit.carried_documents import NOW, Trust, in_session, verifier

_EXPECTED = Expectation(
    name=PersonName(given="Ingrid", family="Solberg"),
    birth_date=HOLDER.birth_date,
    territory="NO",
)
_GOALS = (Goal(3), Goal(2.5), Goal(2))


def figures() -> list[Figure]:
    """Measure whole verdicts, the schema, and single signatures beside the JDK."""
    verdicts = [_verdict(*pair) for pair in zip(documents(), _GOALS, strict=True)]
    return [*(one for part in verdicts for one in part), *_schema(), *_jdk()]


def _verdict(document: Document, goal: Goal) -> list[Figure]:
    asked = in_session(expectation=_EXPECTED)
    ours, peer = verifier(), _peer(asked)
    _require_same(ours, peer, asked, document.parameter)

    def unremembered() -> None:
        status_token._said.cache_clear()
        ours.verdict(document.parameter, asked)

    seen = rates(
        {
            "ours": here(lambda: ours.verdict(document.parameter, asked)),
            "signxml": here(lambda: peer.verdict(document.parameter)),
            "new status": here(unremembered),
        }
    )
    name = f"verdict, {document.name} ({len(document.signed):,} octets)"
    return [
        Figure(f"{name} / the same on signxml", round(seen["ours"] / seen["signxml"], 2), goal),
        Figure(f"{name}, microseconds", round(1e6 / seen["ours"])),
        Figure(
            f"{name}, statement never seen before, microseconds", round(1e6 / seen["new status"])
        ),
    ]


def _peer(asked: Circumstances) -> Peer:
    provider = signing_key(Purpose.NCP).certificate
    schema = elmo_schema(ElmoVersion.V1_7, with_licenses=True)
    return Peer(provider, Trust(), schema, asked, NOW)


def _require_same(ours: Verifier, peer: Peer, asked: Circumstances, parameter: bytes) -> None:
    """Nothing is measured before both have come to the same verdict, and to the best."""
    verdict = ours.verdict(parameter, asked)
    if verdict.overall is not Overall.MAY_WORK or verdict != peer.verdict(parameter):
        raise AssertionError("the two verifiers do not agree")


def _schema() -> list[Figure]:
    schema = elmo_schema(ElmoVersion.V1_7, with_licenses=True)
    return [_schema_of(document, schema) for document in documents()]


def _schema_of(document: Document, schema: Schema) -> Figure:
    octets, root = document.signed, parse(document.canonical)
    seen = rates(
        {"parse": here(lambda: parse(octets)), "schema": here(lambda: schema.faults(root))}
    )
    name = f"schema / parse of {document.name} ({len(octets):,} octets), in time"
    return Figure(name, round(seen["parse"] / seen["schema"], 2), Goal(0.7, at_most=True))


def _jdk() -> list[Figure]:
    """One seal and one outer signature; () where there is no JDK, and that is said aloud."""
    small, middle, _ = documents()
    with JavaVerifier.of(small.sealed, middle.signed) as java:
        if java is None:
            return []
        trust, key = Trust(), ncp().key
        seal = rates(
            {
                "ours": here(lambda: verify_seal(small.sealed, trust)),
                "java": java.seal,
            }
        )
        outer = rates(
            {
                "ours": here(lambda: verify_outer(middle.signed, key, now=NOW)),
                "java": java.outer,
            }
        )
    return [
        Figure(
            f"one P-256 seal ({len(small.sealed):,} octets) / {java.version}",
            round(seal["ours"] / seal["java"], 2),
            Goal(5),
        ),
        Figure(
            f"one RSA signature ({len(middle.signed):,} octets) / {java.version}",
            round(outer["ours"] / outer["java"], 2),
            Goal(0.8),
        ),
    ]
