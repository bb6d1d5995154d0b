"""ELMO, whatever it says: canonical as written, read as written, refused without surprise."""

from contextlib import suppress

import hypothesis.strategies as st
from hypothesis import given, settings
from lxml import etree

from licenses.errors import DocumentRejected
from licenses.model.alphabets import in_two_alphabets
from licenses.model.people import Person, PersonName
from licenses.model.trust import ElmoVersion
from schema_ext.elmo_content import ElmoContent
from schema_ext.elmo_reader import read_elmo
from schema_ext.elmo_writer import write_elmo
from schema_ext.license_xml import without_sealed
from tests.elmo_strategies import elmo_contents
from tests.factories.elmo import elmo_content

WRITTEN = write_elmo(elmo_content())


@settings(max_examples=60, deadline=None)
@given(elmo_contents, st.sampled_from(ElmoVersion))
def test_what_is_written_is_canonical_and_comes_back(
    content: ElmoContent, version: ElmoVersion
) -> None:
    octets = write_elmo(content, version=version)

    root = etree.fromstring(octets)
    assert etree.tostring(root, method="c14n", exclusive=True, with_comments=False) == octets

    found = read_elmo(octets)
    assert found.generated_at == content.generated_at.replace(microsecond=0)
    assert found.delivery == content.delivery
    assert (found.learner, found.alternative_name) == as_tokens(content, version)
    assert [one.sealed for one in found.licenses] == [one.sealed for one in content.licenses]
    assert [one.status_token for one in found.licenses] == [
        one.status_token for one in content.licenses
    ]
    for read, sent in zip(found.licenses, content.licenses, strict=True):
        assert without_sealed(read.clear_octets) == sent.sealed


def as_tokens(content: ElmoContent, version: ElmoVersion) -> tuple[Person, str | None]:
    """Return the learner as xs:token carries them: one name, single spaces; and the other name."""
    person, also = content.learner, None
    name = person.current_name
    if version is ElmoVersion.V2_0:
        name, original = in_two_alphabets(person, [one.content.holder for one in content.licenses])
        also = single_spaced(original.full)
    token = PersonName(given=single_spaced(name.given), family=single_spaced(name.family))
    return Person(names=(token,), birth_date=person.birth_date), also


def single_spaced(text: str) -> str:
    return " ".join(part for part in text.split(" ") if part)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_damaged_document_is_read_or_refused_and_nothing_else_escapes(
    data: st.DataObject,
) -> None:
    at = data.draw(st.integers(0, len(WRITTEN)))
    until = data.draw(st.integers(at, min(len(WRITTEN), at + 40)))
    piece = data.draw(
        st.binary(max_size=12) | st.sampled_from([b"<x/>", b"</extension>", b"&amp;"])
    )

    with suppress(DocumentRejected):
        read_elmo(WRITTEN[:at] + piece + WRITTEN[until:])


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=512))
def test_garbage_is_refused(octets: bytes) -> None:
    refused = False
    try:
        read_elmo(octets)
    except DocumentRejected:
        refused = True

    assert refused
