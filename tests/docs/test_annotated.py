"""The whole documents in the page about the extension are what the writer writes."""

import re
from itertools import zip_longest

import pytest
from lxml import etree

from licenses.model.trust import ElmoVersion
from schema_ext.validation import elmo_faults
from tests.docs.annotated import CUT, place_of, shown_text
from tests.docs.console import blocks
from tests.docs.generated import DOCS
from tests.docs.meanings import MEANINGS
from tests.docs.whole_documents import whole_document


def shown(version: ElmoVersion) -> etree._Element:
    """Return the document of a version as the page shows it, without its comments."""
    page = (DOCS / "elmo-extension.md").read_text(encoding="utf-8")
    after = page.partition(f"### In ELMO {version}\n")[2]
    found = next(block for block in blocks(after) if block.kind == "xml")
    return etree.fromstring(found.text.encode(), etree.XMLParser(remove_comments=True))


def written(version: ElmoVersion) -> etree._Element:
    return etree.fromstring(whole_document(version))


@pytest.mark.parametrize("version", ElmoVersion)
def test_the_page_shows_every_element_in_its_place_with_its_attributes_and_text(
    version: ElmoVersion,
) -> None:
    for ours, theirs in zip_longest(written(version).iter(), shown(version).iter()):
        assert place_of(theirs) == place_of(ours)
        assert (theirs.tag, dict(theirs.attrib)) == (ours.tag, dict(ours.attrib))
        assert len(ours) or theirs.text == (shown_text(ours) or None)


@pytest.mark.parametrize("version", ElmoVersion)
def test_nothing_but_base64_is_cut_short(version: ElmoVersion) -> None:
    for element in written(version).iter(*CUT):
        hidden = (element.text or "")[CUT[str(element.tag)] :]
        assert re.fullmatch(r"[A-Za-z0-9+/=._-]{40,}", hidden), element.tag


@pytest.mark.parametrize("version", ElmoVersion)
def test_what_is_shown_is_valid_by_the_version_it_is_shown_for(version: ElmoVersion) -> None:
    assert elmo_faults(written(version), with_licenses=True) == (version, ())


def test_no_meaning_is_told_of_an_element_that_is_not_shown() -> None:
    places = {place_of(one) for version in ElmoVersion for one in written(version).iter()}

    assert set(MEANINGS) <= places
