"""Where schema documents lie: in this package, in `xmlschema`, or in a folder of the operator.

A schema names others by address or by file name. Each one we know stands for one file here; any
other is refused, so no schema is ever fetched, whatever a document or a schema asks for.

xml.xsd and the schema of XML Signature come with the package `xmlschema`, where they lie with
their W3C notices. The official ELMO schemas are not ours to publish (design.md 4): the package
carries its own statement of the same structure, and an operator who has the official ones may say
in which folder. That holds one release as their repository has it (`schema.xsd`, `references/`),
or one in each of `1.7.0/` and `2.0.0/`.
"""

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from lxml import etree

from licenses.errors import ConfigurationRefused
from licenses.model.trust import ElmoVersion
from schema_ext.namespaces import XS

_OWN: Final = Path(__file__).parent / "xsd"
LICENSE_XSD: Final = _OWN / "license-1.0.xsd"
ELMO_XSD: Final[Mapping[ElmoVersion, Path]] = {
    version: _OWN / f"elmo-{version}.xsd" for version in ElmoVersion
}
LICENSE_ADDRESS: Final = "catalog:license-1.0.xsd"
ELMO_ADDRESS: Final = "catalog:elmo.xsd"
_XML_XSD: Final = "XML/xml.xsd"
_DSIG_XSD: Final = "DSIG/xmldsig-core-schema.xsd"
_ELMO_PARTS: Final = (
    "elmo-common.xsd",
    "elmo-countries.xsd",
    "elmo-address.xsd",
    "elmo-ewp-types.xsd",
)
_FROM_XMLSCHEMA: Final = {
    "www.w3.org/2001/xml.xsd": _XML_XSD,
    "www.w3.org/2001/03/xml.xsd": _XML_XSD,
    "www.w3.org/2009/01/xml.xsd": _XML_XSD,
    "www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd": _DSIG_XSD,
    "raw.githubusercontent.com/emrex-eu/elmo-schemas/v1/references/xmldsig-core-schema.xsd": (
        _DSIG_XSD
    ),
}
_FROM_OFFICIAL: Final = {
    "raw.githubusercontent.com/emrex-eu/elmo-schemas/v1/references/"
    "EUROPASS_ISOCountries_V1.1.xsd": "references/EUROPASS_ISOCountries_V1.1.xsd",
    "raw.githubusercontent.com/erasmus-without-paper/ewp-specs-types-address/stable-v1/"
    "schema.xsd": "references/ewp-types-address.xsd",
    "raw.githubusercontent.com/erasmus-without-paper/ewp-specs-architecture/stable-v1/"
    "common-types.xsd": "references/ewp-common-types.xsd",
}


def schema_files(elmo_xsd: Path | None = None) -> dict[str, Path]:
    """Return every address a schema may name, with the file that stands for it.

    Args:
        elmo_xsd: the file that states ELMO, ours or the `schema.xsd` of an official release;
            None leaves ELMO out.
    """
    files = {LICENSE_ADDRESS: LICENSE_XSD}
    carried = _xmlschema_folder()
    for address, name in _FROM_XMLSCHEMA.items():
        files |= dict.fromkeys((f"http://{address}", f"https://{address}"), carried / name)
    if elmo_xsd is not None:
        files[ELMO_ADDRESS] = elmo_xsd
        files |= {name: elmo_xsd.parent / name for name in _ELMO_PARTS}
        for address, name in _FROM_OFFICIAL.items():
            files[f"https://{address}"] = elmo_xsd.parent / name
    return files


def schema_parser(elmo_xsd: Path | None = None) -> etree.XMLParser:
    """Return a parser for schema documents that finds others in `schema_files` only."""
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    parser.resolvers.add(_CatalogResolver(schema_files(elmo_xsd)))
    return parser


@cache
def elmo_releases(official_dir: Path) -> Mapping[ElmoVersion, Path]:
    """Return the `schema.xsd` of each release in a folder of the operator.

    Args:
        official_dir: one release, or the folder that holds `1.7.0/`, `2.0.0/` or both.

    Raises:
        ConfigurationRefused: there is no release, or one that is not the version it stands for.
    """
    single = official_dir / "schema.xsd"
    if single.is_file():
        return {_version_of(single): single}
    folders = {version: official_dir / f"{version}.0" / "schema.xsd" for version in ElmoVersion}
    found = {version: path for version, path in folders.items() if path.is_file()}
    if not found or any(_version_of(path) is not version for version, path in found.items()):
        raise ConfigurationRefused(
            f"The folder {official_dir} (elmo_schema) holds no ELMO schema: neither schema.xsd"
            " nor the releases 1.7.0 and 2.0.0, each in a folder of that name."
        )
    return found


def _version_of(schema_xsd: Path) -> ElmoVersion:
    """Tell the releases apart: the file does not say, but each names the day of birth its way."""
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    try:
        names = {
            element.get("name")
            for element in etree.parse(schema_xsd, parser).iter(f"{{{XS}}}element")
        }
    except (etree.LxmlError, OSError) as error:
        raise ConfigurationRefused(
            f"The ELMO schema {schema_xsd} (elmo_schema) cannot be read."
        ) from error
    if not names & {"bday", "dateOfBirth"}:
        raise ConfigurationRefused(
            f"The file {schema_xsd} (elmo_schema) is not the schema of an ELMO release."
        )
    return ElmoVersion.V2_0 if "dateOfBirth" in names else ElmoVersion.V1_7


class _CatalogResolver(etree.Resolver):
    """Answers every address: with the file that stands for it, or with a refusal."""

    def __init__(self, files: dict[str, Path]) -> None:
        super().__init__()
        self._files = files

    def resolve(  # type: ignore[override]  # the stubs leave out the context lxml hands over
        self, system_url: str, public_id: str, context: object
    ) -> object:
        """Return the text at `system_url`; raise ConfigurationRefused where it is not known."""
        del public_id  # schemas name each other by address only
        path = self._files.get(system_url)
        if path is None:
            raise ConfigurationRefused("a schema asks for a document that is not in the catalog")
        return self.resolve_string(path.read_bytes(), context, base_url=system_url)


def _xmlschema_folder() -> Path:
    """Return where `xmlschema` keeps its schemas, without the time its import takes."""
    found = find_spec("xmlschema")
    if found is None or found.submodule_search_locations is None:
        raise ConfigurationRefused("the package xmlschema is not installed")
    return Path(found.submodule_search_locations[0]) / "schemas"
