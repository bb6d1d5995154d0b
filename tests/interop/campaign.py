"""The documents of the differential campaign; `python -m` this runs it and tells docs/trust.md.

Genuine ELMO and seals, ELMO signed by the JDK itself, ELMO of Java's form signed by xmlsec, every
hostile variant, every harmless change, and random damage to all of them, from one seed.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from licenses.model.trust import Purpose
from tests.hostile.bases import Base, bases, by_java
from tests.hostile.catalogue import VARIANTS
from tests.hostile.harmless import HARMLESS, OUTER_ONLY
from tests.hostile.variants import On, usual_world
from tests.interop.disagreements import Case, disagreements, table
from tests.interop.engines import Jdk

BEGIN, END = "<!-- counted by tests/interop/campaign.py; do not edit -->", "<!-- end of counts -->"
PAGE = Path(__file__).parents[2] / "docs" / "trust.md"
_PURPOSES = {On.OUTER: Purpose.NCP, On.SEAL: Purpose.SEAL}
_SEED = 20261126
_DAMAGED = 2_000
_LONGEST = 60


def genuine(base: Base, by_jdk: bytes) -> Iterator[Case]:
    """Yield every signed form of a base."""
    yield Case(Purpose.NCP, "genuine", base.outer)
    yield Case(Purpose.NCP, "genuine, of Java's form", by_java(base))
    yield Case(Purpose.NCP, "genuine, by the JDK", by_jdk)
    yield Case(Purpose.SEAL, "genuine", base.seal)


def hostile(base: Base, start: int = 0, every: int = 1) -> Iterator[Case]:
    """Yield the hostile variants of a base, or every so many of them, but those about trust."""
    for variant in VARIANTS[start::every]:
        if variant.trusted is usual_world:
            yield Case(_PURPOSES[variant.on], variant.label, variant.make(base))


def harmless(base: Base) -> Iterator[Case]:
    """Yield every change of a base that changes nothing signed."""
    for name, edit in (HARMLESS | OUTER_ONLY).items():
        yield Case(Purpose.NCP, name, edit(base.outer))
    for name, edit in HARMLESS.items():
        yield Case(Purpose.SEAL, name, edit(base.seal))


def damaged(cases: list[Case], chance: Random, count: int) -> Iterator[Case]:
    """Yield so many of the documents with a piece dropped, doubled, moved or overwritten."""
    for _ in range(count):
        case = chance.choice(cases)
        yield case._replace(label="damaged", document=_damaged(case.document, chance))


def _damaged(document: bytes, chance: Random) -> bytes:
    # Half of the damage is done to the signature, where most of the answers differ.
    least = document.index(b"Signature") if chance.random() < 0.5 else 0
    start = chance.randrange(least, len(document))
    piece = document[start : start + chance.randint(1, _LONGEST)]
    place = chance.randrange(least, len(document))
    return chance.choice(
        (
            document[:start] + document[start + len(piece) :],
            document[:place] + piece + document[place:],
            document[:start] + bytes([chance.randrange(32, 127)]) + document[start + 1 :],
            document[:start] + b" " + document[start:],
        )
    )


def whole_campaign(folder: Path, jdk: Jdk) -> list[Case]:
    """Return all documents of the campaign."""
    signed_by_jdk = jdk.signed(folder, [base.elmo_text for base in bases()])
    pairs = zip(bases(), signed_by_jdk, strict=True)
    real = [case for base, signed in pairs for case in genuine(base, signed)]
    chosen = bases()[::40]
    return [
        *real,
        *(case for base in chosen for case in (*hostile(base), *harmless(base))),
        *damaged(real, Random(_SEED), _DAMAGED),
    ]


def told(page: str, counts: str) -> str:
    """Return a page with the counts between their marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{counts}\n{END}{after}"


def main() -> None:
    """Run the campaign and write its counts; fail where a disagreement has no explanation."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("classes", "signed", "asked"):
            (folder / part).mkdir()
        jdk = Jdk(folder / "classes")
        cases = whole_campaign(folder / "signed", jdk)
        found = disagreements(folder / "asked", jdk, cases)
    unexplained = [(one.engine, one.case.label, one.ours) for one in found if one.rule is None]
    if unexplained:
        sys.exit("\n".join(map(str, unexplained)))
    PAGE.write_text(told(PAGE.read_text("utf-8"), table(found, cases)), encoding="utf-8")


if __name__ == "__main__":
    main()
