"""Read the official schema files into `parts`, by their own addresses and nobody else's engine.

Neither libxml2's compiler nor `xmlschema` takes part: what the documents are made from, and what
they are judged by, do not share their mistakes.
"""

from pathlib import Path
from typing import Final, cast

from lxml import etree

from schema_ext.catalog import schema_files
from schema_ext.namespaces import ELMO, XML, XS
from tests.elmo_documents.parts import (
    Attribute,
    Element,
    Grammar,
    Group,
    Node,
    Particle,
    Simple,
    Type,
    Wildcard,
)

_ANY: Final = Type("xs:anyType", mixed=True, anything=True)
_COUNTED: Final = frozenset(
    {"element", "attribute", "any", "anyAttribute", "enumeration", "sequence", "choice", "pattern"}
)


def read_grammar(schema_xsd: Path) -> Grammar:
    """Return what an official release states.

    Args:
        schema_xsd: its `schema.xsd`, with `references/` beside it.
    """
    reader = _Reader(schema_xsd)
    return Grammar(
        root=reader.globals.pop(f"{{{ELMO}}}elmo"),
        globals=reader.globals,
        types={key: reader.type_at(node) for key, node in reader.types.items()},
        places=reader.places,
    )


class _Reader:
    def __init__(self, schema_xsd: Path) -> None:
        self._files = schema_files(schema_xsd)
        self._homes: dict[str, str] = {}
        self._read: dict[str, Type] = {}
        self._loaded: set[Path] = set()
        self._nodes: dict[tuple[str, str, str], etree._Element] = {}
        self.places: dict[str, Node] = {}
        self._load(schema_xsd)
        self.types = {
            (home, name): node
            for (kind, home, name), node in self._nodes.items()
            if kind in {"complexType", "simpleType"} and home != XML
        }
        self.globals = {
            f"{{{home}}}{name}": self._element(node)
            for (kind, home, name), node in self._nodes.items()
            if kind == "element"
        }

    def _load(self, path: Path) -> None:
        if path in self._loaded:
            return
        self._loaded.add(path)
        parser = etree.XMLParser(no_network=True, load_dtd=False, remove_comments=True)
        root = etree.parse(path, parser).getroot()
        home = root.get("targetNamespace", "")
        self._homes[path.name] = home
        root.set("file", path.name)
        for node in root.iterfind(f"{{{XS}}}*[@name]"):
            self._nodes[_kind(node), home, str(node.get("name"))] = node
        if home != XML:
            self.places |= {_place(one): _node(one) for one in root.iter() if _is_counted(one)}
        for found in root.iterfind(f"{{{XS}}}import"):
            self._load(self._files[str(found.get("schemaLocation"))])

    def type_at(self, node: etree._Element) -> Type:
        """Return the type a complexType or simpleType node states, always the same one."""
        place = _place(node)
        if place not in self._read:
            self._read[place] = self._type(node)
        return self._read[place]

    def _type(self, node: etree._Element) -> Type:
        if _kind(node) == "simpleType":
            return Type(_place(node), text=self._simple(node))
        extension = node.find(f"{{{XS}}}simpleContent/{{{XS}}}extension")
        holder = node if extension is None else extension
        base = Type(_place(node))
        if extension is not None:
            base = self._named(extension, str(extension.get("base")))
        models = [child for child in holder if _kind(child) in {"sequence", "choice"}]
        return Type(
            _place(node),
            text=base.text,
            content=cast("Group", self._particle(models[0])) if models else None,
            mixed=node.get("mixed") == "true",
            attributes=(
                *base.attributes,
                *(self._attribute(one) for one in holder.iterfind(f"{{{XS}}}attribute")),
            ),
            any_attribute=next(map(_place, holder.iterfind(f"{{{XS}}}anyAttribute")), None),
        )

    def _named(self, node: etree._Element, name: str) -> Type:
        home, local = _resolved(node, name)
        if home == XS:
            return Type(f"xs:{local}", text=Simple(local))
        kinds = ("complexType", "simpleType")
        return next(
            self.type_at(self._nodes[kind, home, local])
            for kind in kinds
            if (kind, home, local) in self._nodes
        )

    def _of(self, node: etree._Element) -> Type:
        """Return the type of an element or attribute node: named, stated inside, or none."""
        if (name := node.get("type")) is not None:
            return self._named(node, name)
        inside = [child for child in node if _kind(child) in {"complexType", "simpleType"}]
        return self.type_at(inside[0]) if inside else _ANY

    def _simple(self, node: etree._Element) -> Simple:
        restriction = node.find(f"{{{XS}}}restriction")
        if restriction is None:
            # Only xml:lang: a union of a language and nothing.
            return Simple("language")
        facets = {
            kind: [str(facet.get("value")) for facet in restriction.iterfind(f"{{{XS}}}{kind}")]
            for kind in ("enumeration", "pattern", "minInclusive", "maxInclusive")
        }
        base = self._named(restriction, str(restriction.get("base"))).text
        assert base is not None
        return Simple(
            base.base,
            _place(restriction),
            tuple(facets["enumeration"]),
            next(iter(facets["pattern"]), None),
            next(map(int, facets["minInclusive"]), None),
            next(map(int, facets["maxInclusive"]), None),
        )

    def _attribute(self, node: etree._Element) -> Attribute:
        stated, name = node, str(node.get("name"))
        if (ref := node.get("ref")) is not None:
            home, local = _resolved(node, ref)
            stated, name = self._nodes["attribute", home, local], f"{{{home}}}{local}"
        simple = self._of(stated).text
        assert simple is not None
        return Attribute(name, simple, node.get("use") == "required", _place(node))

    def _particle(self, node: etree._Element) -> Particle:
        least, most = _occurs(node)
        match _kind(node):
            case "element":
                return self._element(node)
            case "any":
                return Wildcard(
                    self._homes[_file(node)],
                    node.get("namespace") == "##other",
                    node.get("processContents") == "lax",
                    least,
                    most,
                    _place(node),
                )
            case kind:
                assert kind in {"sequence", "choice"}, kind
                return Group(
                    "sequence" if kind == "sequence" else "choice",
                    least,
                    most,
                    tuple(self._particle(child) for child in node if _kind(child) != "annotation"),
                    _place(node),
                )

    def _element(self, node: etree._Element) -> Element:
        stated, home = node, self._homes[_file(node)]
        if (ref := node.get("ref")) is not None:
            home, local = _resolved(node, ref)
            stated = self._nodes["element", home, local]
        name = f"{{{home}}}{stated.get('name')}"
        return Element(name, *_occurs(node), _place(node), lambda: self._of(stated))


def _kind(node: etree._Element) -> str:
    return etree.QName(node).localname


def _resolved(node: etree._Element, name: str) -> tuple[str, str]:
    prefix, colon, local = name.rpartition(":")
    return (XML if prefix == "xml" else str(node.nsmap.get(prefix if colon else None))), local


def _occurs(node: etree._Element) -> tuple[int, int | None]:
    most = node.get("maxOccurs", "1")
    return int(node.get("minOccurs", "1")), None if most == "unbounded" else int(most)


def _file(node: etree._Element) -> str:
    return str(node.getroottree().getroot().get("file"))


def _place(node: etree._Element) -> str:
    return f"{_file(node)} {node.getroottree().getpath(node)}"


def _is_counted(node: etree._Element) -> bool:
    named_type = _kind(node) in {"complexType", "simpleType"} and node.get("name") is not None
    return _kind(node) in _COUNTED or named_type


def _node(node: etree._Element) -> Node:
    parent = node.getparent()
    names = [
        one.get("name") or one.get("ref") for one in (*reversed([*node.iterancestors()]), node)
    ]
    return Node(
        kind=_kind(node),
        label=f"{_file(node)} {'/'.join(name for name in names if name)}",
        minimum=_occurs(node)[0],
        maximum=_occurs(node)[1],
        is_global=parent is not None and _kind(parent) == "schema",
        is_optional=node.get("use") != "required",
        value=node.get("value"),
    )
