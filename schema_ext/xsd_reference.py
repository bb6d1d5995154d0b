"""The reference of the license extension in Markdown, made from the annotations of its XSD.

What an element means is written once, in the schema; `docs/elmo-extension.md` begins with the
output of `reference` and a test holds the two together. Nothing is added here but the order and
headings.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree

from schema_ext.catalog import LICENSE_XSD
from schema_ext.namespaces import LIC, XS

_HEAD: Final = f"""\
# The license extension of ELMO

Namespace `{LIC}` (a name we intend to register), prefix `lic`, schema
[license-1.0.xsd](../schema_ext/xsd/license-1.0.xsd). This page is made by
`python -m tests.docs.generated`: the reference from that schema, and at the end whole documents,
element by element: [in ELMO 1.7](#in-elmo-17), [in ELMO 2.0](#in-elmo-20), and
[the sealed license](#the-sealed-license) that both of them carry.

"""
_PLACES: Final = """
## Where they stand

| element | place in the ELMO document |
|---|---|
| `lic:license` | `learningOpportunitySpecification/extension`, one for each license |
| `lic:status` | beside its `lic:license`, in the same `extension` |
| `lic:delivery` | the `extension` of the root, once |

"""


def reference(xsd: Path = LICENSE_XSD) -> str:
    """Return the reference of a schema whose every part is documented.

    Raises:
        ValueError: an element, attribute, type or listed value without documentation.
    """
    schema = etree.fromstring(xsd.read_bytes())
    parts = [
        _HEAD,
        f"{_documentation(schema)}\n\n## Elements that may stand in an extension\n\n",
        *_table(schema.iterchildren(_xs("element"))),
        _PLACES,
        "## Types with fields\n",
        *(line for kind in schema.iterchildren(_xs("complexType")) for line in _fields(kind)),
        "\n## Words, numbers and days\n\n| type | meaning | form |\n|---|---|---|\n",
        *(_word(kind) for kind in _simple_types(schema) if not _values(kind)),
        "\n## Closed lists\n",
        *(line for kind in _simple_types(schema) if _values(kind) for line in _list(kind)),
    ]
    return "".join(parts)


def _xs(name: str) -> str:
    return f"{{{XS}}}{name}"


def _documentation(part: etree._Element) -> str:
    text = part.findtext(f"{_xs('annotation')}/{_xs('documentation')}")
    if not text:
        raise ValueError(f"{part.get('name', part.tag)} has no documentation")
    return " ".join(text.split())


def _fields(kind: etree._Element) -> Iterator[str]:
    yield f"\n### {kind.get('name')}\n\n{_documentation(kind)}\n\n"
    parts = kind.iter(_xs("attribute"), _xs("element"), _xs("any"))
    yield from _table(parts)


def _table(parts: Iterator[etree._Element]) -> Iterator[str]:
    yield "| name | type | how often | meaning |\n|---|---|---|---|\n"
    for part in parts:
        yield f"| {_name(part)} | {_type(part)} | {_times(part)} | {_documentation(part)} |\n"


def _name(part: etree._Element) -> str:
    match etree.QName(part).localname:
        case "attribute":
            return f"`@{part.get('name') or part.get('ref')}`"
        case "any":
            return "`ds:Signature`" if "xmldsig" in part.get("namespace", "") else "any element"
        case _:
            return f"`lic:{part.get('name')}`"


def _type(part: etree._Element) -> str:
    kind = part.get("type", "").removeprefix("lic:")
    return f"[{kind}](#{kind.lower()})" if kind else ""


def _times(part: etree._Element) -> str:
    if part.tag == _xs("attribute"):
        return "1"
    if etree.QName(part.getparent()).localname == "schema":
        return ""
    least, most = part.get("minOccurs", "1"), part.get("maxOccurs", "1")
    return least if least == most else f"{least} to {most.replace('unbounded', 'any number')}"


def _simple_types(schema: etree._Element) -> Iterator[etree._Element]:
    return schema.iterchildren(_xs("simpleType"))


def _values(kind: etree._Element) -> list[etree._Element]:
    return list(kind.iter(_xs("enumeration")))


def _word(kind: etree._Element) -> str:
    form = ", ".join(
        f"`{facet.get('value', '')}`".replace("|", "\\|") for facet in kind.iter(_xs("pattern"))
    )
    name = kind.get("name", "")
    return f'| <a id="{name.lower()}"></a>{name} | {_documentation(kind)} | {form} |\n'


def _list(kind: etree._Element) -> Iterator[str]:
    yield f"\n### {kind.get('name')}\n\n{_documentation(kind)}\n\n| value | meaning |\n|---|---|\n"
    for value in _values(kind):
        yield f"| `{value.get('value')}` | {_documentation(value)} |\n"
