"""ELMO, whatever it says: canonical as written, read as written, refused without surprise."""

from contextlib import suppress
from datetime import UTC, datetime

import hypothesis.strategies as st
from hypothesis import given, settings
from lxml import etree

from licenses.errors import DocumentRejected
from licenses.model.export import Export, ExportedLicense, reports_of
from licenses.model.people import Person, PersonName
from licenses.model.standing import Because, Level
from licenses.model.verdict import StatusStatement
from schema_ext.elmo_content import ElmoContent
from schema_ext.elmo_reader import read_elmo
from schema_ext.elmo_writer import write_elmo
from schema_ext.license_xml import clear_copy_matches, write_license
from tests.factories.elmo import elmo_content
from tests.strategies import codes, deliveries, people, seal_contents

MOMENTS = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001 - hypothesis asks for naive bounds and adds the zone
    datetime(2090, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
PART = "[A-Za-z0-9_-]{1,9}"
tokens = st.from_regex(rf"{PART}\.{PART}\.{PART}", fullmatch=True)
WRITTEN = write_elmo(elmo_content())


@st.composite
def exported_licenses(draw: st.DrawFn) -> ExportedLicense:
    content, as_of = draw(seal_contents), draw(MOMENTS)
    statement = StatusStatement(
        seal_id=content.seal_id,
        authority_id=content.issuer.id,
        seal_sha256="0" * 64,
        sealed_at=as_of,
        record_version=content.record_version,
        level=draw(st.sampled_from(Level)),
        because=draw(st.sampled_from(Because)),
        territories=(),
        term_codes=tuple(draw(st.lists(codes, max_size=3))),
        as_of=as_of,
        expires_at=as_of,
    )
    return ExportedLicense(
        content=content,
        sealed=write_license(content),
        statement=statement,
        status_token=draw(tokens),
    )


elmo_contents = st.builds(
    lambda made, learner, licenses, delivery, transcript: ElmoContent.of(
        Export(generated_at=made, learner=learner, reports=reports_of(licenses), delivery=delivery),
        transcript,
    ),
    MOMENTS,
    people,
    st.lists(exported_licenses(), min_size=1, max_size=3),
    deliveries,
    st.binary(max_size=64),
)


@settings(max_examples=60, deadline=None)
@given(elmo_contents)
def test_what_is_written_is_canonical_and_comes_back(content: ElmoContent) -> None:
    octets = write_elmo(content)

    root = etree.fromstring(octets)
    assert etree.tostring(root, method="c14n", exclusive=True, with_comments=False) == octets

    found = read_elmo(octets)
    assert found.generated_at == content.generated_at.replace(microsecond=0)
    assert found.delivery == content.delivery
    assert found.learner == as_token(content.learner)
    assert [one.sealed for one in found.licenses] == [one.sealed for one in content.licenses]
    assert [one.status_token for one in found.licenses] == [
        one.status_token for one in content.licenses
    ]
    for read, sent in zip(found.licenses, content.licenses, strict=True):
        assert clear_copy_matches(read.clear_octets, sent.sealed)


def as_token(person: Person) -> Person:
    """Return the person as xs:token carries them: one name, single spaces."""
    name = person.current_name
    return Person(
        names=(PersonName(given=single_spaced(name.given), family=single_spaced(name.family)),),
        birth_date=person.birth_date,
    )


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
