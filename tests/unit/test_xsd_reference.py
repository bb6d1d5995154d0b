"""The reference of the extension is what its schema says."""

from pathlib import Path

import pytest

from schema_ext.catalog import LICENSE_XSD
from schema_ext.xsd_reference import reference

DOCUMENT = Path(__file__).parents[2] / "docs" / "elmo-extension.md"


def test_the_reference_in_the_docs_is_the_one_the_schema_gives() -> None:
    assert DOCUMENT.read_text(encoding="utf-8").startswith(reference())


def test_a_part_without_documentation_has_no_reference(tmp_path: Path) -> None:
    silent = tmp_path / "silent.xsd"
    text = LICENSE_XSD.read_text(encoding="utf-8")
    silent.write_text(text.replace("What sort of right the license gives.", ""), encoding="utf-8")

    with pytest.raises(ValueError, match="kind"):
        reference(silent)
