"""Whatever is changed in a legacy document: it says the same as before, or it is refused."""

from functools import cache

import hypothesis.strategies as st
from hypothesis import given, settings

from licenses.model.verdict import DocumentVerdict, Overall
from tests.unit.legacy_documents import read, record, signed

GOOD = {Overall.MAY_WORK, Overall.MAY_WORK_WITH_CONDITIONS}


@cache
def _document() -> bytes:
    return signed()


@cache
def _before() -> DocumentVerdict:
    before = read(_document(), record())
    assert before.signature.answer == "legacy"
    return before


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_one_changed_octet_changes_nothing_that_is_read_or_is_refused(data: st.DataObject) -> None:
    document = _document()
    at = data.draw(st.integers(0, len(document) - 1))
    octet = data.draw(st.integers(0, 255).filter(lambda new: new != document[at]))

    changed = document[:at] + bytes((octet,)) + document[at + 1 :]
    before, after = _before(), read(changed, record())

    assert after.overall not in GOOD
    if after.signature.answer == "legacy":
        assert after.document_sha256 == before.document_sha256
        assert after.learner == before.learner
        assert after.licenses == before.licenses
    else:
        assert (after.learner, after.licenses) == (None, ())


@settings(max_examples=75, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 100_000))
def test_octets_put_in_change_nothing_that_is_read_or_are_refused(octets: bytes, at: int) -> None:
    document = _document()
    place = at % len(document)

    after = read(document[:place] + octets + document[place:], record())

    assert after.overall not in GOOD
    if after.signature.answer == "legacy":
        assert after.document_sha256 == _before().document_sha256
