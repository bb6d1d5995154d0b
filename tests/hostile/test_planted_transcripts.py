"""Only what was sealed is printed: the transcript a provider makes of the seals it keeps (R-V6).

The PDF is the one of the ELMO that leaves. It carries each seal as it is kept, octet by octet, as
an attached file for a verifier to refuse; in no other part of it may stand what nobody sealed.
"""

import re
from base64 import b64decode

import pytest

from licenses.errors import DocumentRejected
from licenses.model.exchange import NcpEntry
from licenses.model.export import ExportedLicense
from licenses.model.trust import Purpose
from schema_ext.carrying import ElmoCarrier
from tests.factories.elmo import ExportFactory, RecipientFactory
from tests.hostile.bases import Base, bases
from tests.hostile.papers import attached_to, closed_up, parts_with, words_on
from tests.hostile.planting import MARKER, PLANT, SEAL_PLACES, UNREADABLE_SEALS
from tests.trust_samples import NOW, signing_key
from tests.unit.carried_documents import exported

_READABLE_SEALS = [place for place in SEAL_PLACES if place not in UNREADABLE_SEALS]
_ATTACHED = "sealed-license-1.xml"


@pytest.fixture
def base() -> Base:
    return bases()[0]


def _sent(kept: bytes, one: ExportedLicense) -> bytes:
    """Return the ELMO that a provider sends of a seal it keeps, read as the program reads it."""
    carrier = ElmoCarrier({"no": signing_key(Purpose.NCP)})
    read = one.model_copy(update={"content": carrier.content_of(kept), "sealed": kept})
    export = ExportFactory.build(generated_at=NOW, licenses=(read,), learner=read.content.holder)
    entry = NcpEntry(
        slug="no",
        name="Norway's provider",
        country="NO",
        url="https://no-ncp.example/ncp",
        authority_ids=(read.content.issuer.id,),
    )
    return carrier.carry(export, entry, RecipientFactory.build())


def _transcript(document: bytes) -> bytes:
    found = re.search(rb"data:application/pdf;base64,([A-Za-z0-9+/=]+)", document)
    assert found is not None
    return b64decode(found.group(1))


@pytest.mark.parametrize("place", _READABLE_SEALS)
def test_a_marker_nobody_sealed_does_not_come_onto_a_transcript(base: Base, place: str) -> None:
    kept = SEAL_PLACES[place](base.seal)
    assert PLANT in kept

    document = _sent(kept, base.exported)
    pdf = _transcript(document)

    assert words_on(pdf) == words_on(_transcript(_sent(base.seal, base.exported)))
    assert closed_up(MARKER) not in words_on(pdf)
    assert PLANT not in document
    assert attached_to(pdf) == {_ATTACHED: kept}
    assert parts_with(MARKER, pdf) == [kept]


@pytest.mark.parametrize("place", UNREADABLE_SEALS)
def test_of_a_seal_with_a_marker_that_cannot_be_read_nothing_is_sent(
    base: Base, place: str
) -> None:
    with pytest.raises(DocumentRejected) as caught:
        _sent(SEAL_PLACES[place](base.seal), base.exported)

    assert caught.value.reason == UNREADABLE_SEALS[place]
    assert MARKER not in f"{caught.value}{caught.value.__cause__}"


def test_a_marker_that_was_sealed_is_on_the_transcript(base: Base) -> None:
    """What looks for the marker above would find it."""
    content = base.exported.content
    grant = content.grant.model_copy(update={"number": MARKER})
    one = exported(content.model_copy(update={"grant": grant}))

    pdf = _transcript(_sent(one.sealed, one))

    assert closed_up(MARKER) in words_on(pdf)
    assert one.sealed in parts_with(MARKER, pdf)


def test_a_marker_in_the_title_of_a_pdf_is_found(base: Base) -> None:
    """The title tells the name; what looks through the parts of the PDF would find it there."""
    marked = base.exported.content.holder.current_name.model_copy(
        update={"given": MARKER, "family": "Łódź"}
    )
    holder = base.exported.content.holder.model_copy(update={"names": (marked,)})
    one = exported(base.exported.content.model_copy(update={"holder": holder}))

    beside_the_seal = [
        part
        for part in parts_with(MARKER, _transcript(_sent(one.sealed, one)))
        if part != one.sealed
    ]

    assert beside_the_seal
