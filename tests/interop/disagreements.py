"""Ask all engines about many documents, and explain by a rule wherever one says otherwise than we.

There are two kinds. What we refuse and another accepts is explained by our own reason: we look at
the form before the arithmetic, and every reason of form says what the other passes over. What we
accept and another refuses is explained only by something that is wrong with that engine, or that
it asks for beyond the arithmetic; whatever has no such rule is a fault of ours until it has one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from licenses.errors import DocumentRejected
from licenses.model.reasons import Reason
from licenses.model.trust import Purpose
from schema_ext.signing.policy import INCLUSIVE
from schema_ext.signing.verifier import verify_outer, verify_seal
from tests.hostile.variants import usual_world
from tests.interop.engines import Answers, Jdk, by_python_xmlsec, by_signxml, by_xmlsec1
from tests.unit.carried_documents import NOW, Trust

ENGINES = ("xmlsec1", "signxml", "python-xmlsec", "JDK")

STRICTER: Final[dict[Reason, str]] = {
    Reason.NOT_XML: "they read XML 1.1, or a document that breaks off behind its root",
    Reason.ENCODING_NOT_UTF8: "they read other encodings; the octets that were signed are the same",
    Reason.DOCTYPE: "they read the document type, and leave it out of what they hash",
    Reason.PROCESSING_INSTRUCTION: "they leave instructions out where C14N does",
    Reason.COMMENT_BESIDE_TEXT: "C14N drops comments, so the signature holds; a reader may not",
    Reason.COMMENT_IN_SIGNATURE: "C14N drops comments, so the signature holds",
    Reason.SIGNATURE_NOT_ALONE: "they take the first signature and do not look for another",
    Reason.SIGNATURE_SHAPE: "they pass over what they do not know",
    Reason.SIGNATURE_OBJECT: "what stands in the signature is cut out before hashing",
    Reason.SIGNATURE_REFERENCES: "any number of References will do",
    Reason.SIGNATURE_REFERENCE_TARGET: "they hash whatever a Reference names",
    Reason.SIGNATURE_TRANSFORMS: "they run other transforms, or skip them",
    Reason.SIGNATURE_ALGORITHM: "they know weak and unusual methods too",
    Reason.SIGNED_PROPERTIES_SHAPE: "the particulars of a seal are XAdES, and they are XML-DSig",
    Reason.CONTENT_UNREADABLE: "they do not read the content",
    Reason.UNKNOWN_ISSUER: "they are told one key, and do not ask whose it is",
    Reason.WRONG_NCP_KEY: "they are told one key, and the certificate shown is another's",
    Reason.UNKNOWN_KEY: "they are told one key, and the certificate shown is another's",
}
"""Why others accept what we refuse. An altered digest or a wrong signature has no place here."""


class Looser(NamedTuple):
    """Why one engine refuses what we accept."""

    name: str
    engines: frozenset[str]
    sentence: str
    applies: Callable[[bytes], bool]


_KEY_VALUE = (b"<ds:KeyValue>", b"<KeyValue>")
LOOSER: Final = (
    Looser(
        "inclusive C14N",
        frozenset({"signxml"}),
        'lxml writes stray `xmlns=""` when it canonicalizes a part inclusively, as for all Java '
        "providers; xmlsec1, python-xmlsec and the JDK agree with us",
        lambda document: INCLUSIVE.encode() in document,
    ),
    Looser(
        "a key value that is none",
        frozenset({"signxml", "JDK"}),
        "they read all of KeyInfo by its schema, also where the key is given to them",
        lambda document: any(mark in document for mark in _KEY_VALUE),
    ),
    Looser(
        "CDATA in base64",
        frozenset({"JDK"}),
        "it reads only the text beside a CDATA section; C14N knows no difference",
        lambda document: b"<![CDATA[" in document,
    ),
)


class Case(NamedTuple):
    """A document, and which key the engines are told to expect."""

    purpose: Purpose
    label: str
    document: bytes


class Disagreement(NamedTuple):
    """One engine says otherwise than we; `rule` is None where nothing explains it."""

    engine: str
    case: Case
    ours: Reason | None
    rule: str | None


def our_answer(case: Case) -> Reason | None:
    """Return why our verifier refuses the signature of a document, None where it accepts it."""
    trusted = usual_world()
    try:
        if case.purpose is Purpose.SEAL:
            verify_seal(case.document, Trust(trusted.authority))
        else:
            verify_outer(case.document, trusted.provider.key, now=NOW)
    except DocumentRejected as refusal:
        return Reason(refusal.reason)
    return None


def disagreements(folder: Path, jdk: Jdk, cases: Sequence[Case]) -> list[Disagreement]:
    """Ask every engine about every document; return each answer that is not ours."""
    asked: dict[str, Answers] = {
        "xmlsec1": by_xmlsec1,
        "signxml": by_signxml,
        "python-xmlsec": by_python_xmlsec,
        "JDK": jdk.answers,
    }
    found: list[Disagreement] = []
    for purpose in (Purpose.NCP, Purpose.SEAL):
        of_kind = [case for case in cases if case.purpose is purpose]
        ours = [our_answer(case) for case in of_kind]
        for engine in ENGINES:
            own_folder = folder / f"{purpose.value}-{engine}"
            own_folder.mkdir()
            theirs = asked[engine](own_folder, purpose, [case.document for case in of_kind])
            found += [
                Disagreement(engine, case, mine, explained(engine, mine, case.document))
                for case, mine, accepts in zip(of_kind, ours, theirs, strict=True)
                if accepts != (mine is None)
            ]
    return found


def explained(engine: str, ours: Reason | None, document: bytes) -> str | None:
    """Return the name of the rule that explains why an engine says otherwise than we."""
    if ours is not None:
        return ours.value if ours in STRICTER else None
    return next(
        (one.name for one in LOOSER if engine in one.engines and one.applies(document)), None
    )


def table(found: Iterable[Disagreement], cases: Sequence[Case]) -> str:
    """Return the counts as Markdown: what we refuse and accept alone, and by which rule."""
    counts = Counter((one.rule, one.engine) for one in found)
    accepted = sum(our_answer(case) is None for case in cases)
    head = " | ".join(ENGINES)
    rows = [
        f"{len(cases):,} documents, of which we accept {accepted:,}. Refused by us alone:\n",
        f"| our reason | {head} | why the others accept |",
        f"|---|{'---:|' * len(ENGINES)}---|",
        *(_row(f"`{one}`", one.value, counts, why) for one, why in STRICTER.items()),
        "\nAccepted by us, and refused by another:\n",
        f"| rule | {head} | why it refuses |",
        f"|---|{'---:|' * len(ENGINES)}---|",
        *(_row(one.name, one.name, counts, one.sentence) for one in LOOSER),
    ]
    return "\n".join(rows) + "\n"


def _row(shown: str, rule: str, counts: Counter[tuple[str | None, str]], why: str) -> str:
    numbers = " | ".join(f"{counts[rule, engine]:,}" for engine in ENGINES)
    return f"| {shown} | {numbers} | {why} |"
