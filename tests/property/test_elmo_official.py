"""Whatever is exported, the document is valid by the official schema of its version, and no other.

The official schemas are read as they are published; they lie beside the project, not in it.
"""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from licenses.model.people import Person, PersonName
from licenses.model.standing import Because, Level
from licenses.model.trust import ElmoVersion
from schema_ext.catalog import schema_parser
from schema_ext.elmo_content import ElmoContent
from schema_ext.elmo_countries import ELMO_COUNTRIES
from schema_ext.elmo_writer import OpportunityType, write_elmo
from schema_ext.namespaces import elmo
from tests.elmo_strategies import elmo_contents
from tests.factories import GrantFactory, IssuerFactory, ProfessionFactory
from tests.factories.elmo import ExportFactory, elmo_content, exported
from tests.factories.people import NAMES

OFFICIAL = Path(__file__).parents[2] / ".." / "shared" / "elmo-official"
pytestmark = pytest.mark.skipif(
    not OFFICIAL.is_dir(), reason="the official ELMO schemas are not ours to carry"
)
FOLDERS = {version: OFFICIAL / f"{version}.0" / "schema.xsd" for version in ElmoVersion}
OTHER = {ElmoVersion.V1_7: ElmoVersion.V2_0, ElmoVersion.V2_0: ElmoVersion.V1_7}


@cache
def official(version: ElmoVersion) -> etree.XMLSchema:
    path = FOLDERS[version]
    return etree.XMLSchema(etree.fromstring(path.read_bytes(), schema_parser(path)))


def assert_valid_by_its_version_alone(content: ElmoContent, version: ElmoVersion) -> None:
    root = etree.fromstring(write_elmo(content, version=version))

    official(version).assertValid(root)
    assert not official(OTHER[version]).validate(root)


@pytest.mark.parametrize("version", ElmoVersion)
def test_whatever_is_written_is_valid_by_its_own_version_alone(version: ElmoVersion) -> None:
    @settings(max_examples=100, deadline=None)
    @given(elmo_contents)
    def holds(content: ElmoContent) -> None:
        assert_valid_by_its_version_alone(content, version)

    holds()


@pytest.mark.parametrize("version", ElmoVersion)
@pytest.mark.parametrize("pair", [*NAMES, ("Kenji", "山田"), ("محمد", "الفارسي"), ("-", "Sukarno")])
def test_a_name_in_any_script_is_valid(version: ElmoVersion, pair: tuple[str, str]) -> None:
    born = ExportFactory.build().learner.birth_date
    learner = Person(names=(PersonName(given=pair[0], family=pair[1]),), birth_date=born)
    content = ElmoContent.of(ExportFactory.build(learner=learner), b"%PDF")

    assert_valid_by_its_version_alone(content, version)


@pytest.mark.parametrize("version", ElmoVersion)
@pytest.mark.parametrize("eqf_level", [None, *range(1, 9)])
def test_every_level_and_standing_is_valid(version: ElmoVersion, eqf_level: int | None) -> None:
    grant = GrantFactory.build(profession=ProfessionFactory.build(eqf_level=eqf_level))
    every = [
        exported(level, because, "no-surgery", grant=grant)
        for level in Level
        for because in Because
    ]

    assert_valid_by_its_version_alone(elmo_content(*every), version)


@pytest.mark.parametrize("version", ElmoVersion)
def test_every_country_is_valid_and_one_that_elmo_does_not_list_is_left_out(
    version: ElmoVersion,
) -> None:
    countries = (*sorted(ELMO_COUNTRIES), "XK", "AQ")
    every = (
        exported(
            Level.FULL,
            Because.IN_FORCE,
            issuer=IssuerFactory.build(id=f"https://{code.lower()}.example/", country=code),
        )
        for code in countries
    )
    content = elmo_content(*every)

    assert_valid_by_its_version_alone(content, version)
    root = etree.fromstring(write_elmo(content, version=version))
    assert {one.text for one in root.iter(elmo("country"))} == set(countries) & ELMO_COUNTRIES


@pytest.mark.parametrize("version", ElmoVersion)
@pytest.mark.parametrize("opportunity", OpportunityType)
def test_every_type_of_opportunity_is_valid(
    version: ElmoVersion, opportunity: OpportunityType
) -> None:
    octets = write_elmo(elmo_content(), opportunity=opportunity, version=version)

    official(version).assertValid(etree.fromstring(octets))
