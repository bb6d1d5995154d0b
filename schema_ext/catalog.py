"""Where schema documents lie: in this package, in `xmlschema`, or in a folder of the operator.

A schema names others by addresses on the web. Each address we know stands for one file here; any
other is refused, so no schema is ever fetched, whatever a document or a schema asks for.

xml.xsd and the schema of XML Signature come with the package `xmlschema`, where they lie with
their W3C notices. The official ELMO schemas are not ours to publish (design.md 4): an operator
who has them says in which folder, laid out as their repository has it (`schema.xsd`,
`references/`).
"""

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from lxml import etree

from licenses.errors import ConfigurationRefused

LICENSE_XSD: Final = Path(__file__).parent / "xsd" / "license-1.0.xsd"
LICENSE_ADDRESS: Final = "catalog:license-1.0.xsd"
ELMO_ADDRESS: Final = "catalog:elmo.xsd"
_XML_XSD: Final = "XML/xml.xsd"
_DSIG_XSD: Final = "DSIG/xmldsig-core-schema.xsd"
_FROM_XMLSCHEMA: Final = {
    "www.w3.org/2001/xml.xsd": _XML_XSD,
    "www.w3.org/2001/03/xml.xsd": _XML_XSD,
    "www.w3.org/2009/01/xml.xsd": _XML_XSD,
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


def schema_files(official_dir: Path | None = None) -> dict[str, Path]:
    """Return every address a schema may name, with the file that stands for it.

    Args:
        official_dir: the folder of one official ELMO release; None leaves ELMO out.
    """
    files = {LICENSE_ADDRESS: LICENSE_XSD}
    carried = _xmlschema_folder()
    for address, name in _FROM_XMLSCHEMA.items():
        files |= dict.fromkeys((f"http://{address}", f"https://{address}"), carried / name)
    if official_dir is not None:
        files[ELMO_ADDRESS] = official_dir / "schema.xsd"
        for address, name in _FROM_OFFICIAL.items():
            files[f"https://{address}"] = official_dir / name
    return files


def schema_parser(official_dir: Path | None = None) -> etree.XMLParser:
    """Return a parser for schema documents that finds others in `schema_files` only."""
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    parser.resolvers.add(_CatalogResolver(schema_files(official_dir)))
    return parser


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
