"""Read a sealed license: from the octets a seal covers to the domain value.

Takes only what a verifier hands out, checks it against `xsd/license-1.0.xsd`, then against the
rules of the model; nothing half read escapes. Elements inside `lic:more` belong to later
versions: they are sealed and not interpreted. Writing is `schema_ext.license_xml`.
"""

from binascii import Error as NotBase64
from datetime import date
from typing import Any, Final

from lxml import etree
from pybase64 import b64decode

from licenses.model.license import Kind, RecognitionBasis, SealContent, TerritoryMode
from licenses.model.people import NameType
from licenses.model.profession import Protection, Sector
from licenses.model.reasons import Reason
from schema_ext.namespaces import LIC, XML, ds, lic
from schema_ext.parsing import parse
from schema_ext.refusal import rejected
from schema_ext.validation import license_schema

_Stated = dict[str, Any]
"""What one element says, by the fields of its value, for the model to judge."""

_NAME: Final = slice(len(f"{{{LIC}}}"), None)
_SIGNATURE: Final = ds("Signature")
_LANGUAGE: Final = f"{{{XML}}}lang"
_EXTENSIONS: Final = {lic("license"): True, lic("delivery"): True, lic("status"): False}
"""The elements that may stand in an ELMO extension, and whether they bear a version."""


def read_license(octets: bytes) -> SealContent:
    """Return what a sealed license says.

    Args:
        octets: the canonical octets a verified seal covers, without the signature.

    Raises:
        MalformedDocument: over a cap, or not XML.
        DocumentRejected: `unknown-extension-version`, `schema-invalid`, `comment-beside-text`,
            or `content-unreadable` where single fields are right and together say something
            that cannot be.
    """
    return sealed_content(parse(octets))


def sealed_content(root: etree._Element) -> SealContent:
    """Return what a sealed license says.

    Args:
        root: the tree of the octets a verified seal covers, which no signature is part of.

    Raises:
        DocumentRejected: as `read_license`.
    """
    content = content_of(root)
    if root.find(_SIGNATURE) is not None:
        raise rejected(Reason.SCHEMA_INVALID)
    return content


def content_of(root: etree._Element) -> SealContent:
    """Return what a stand-alone license says; its signature, if it has one, is not looked at.

    For our own drafts and tests; whoever receives a document reads it by `read_license`.

    Raises:
        DocumentRejected: as `read_license`.
    """
    if root.tag != lic("license"):
        raise rejected(Reason.UNKNOWN_EXTENSION_VERSION)
    check_extension(root)
    if next(root.iter(etree.Comment), None) is not None:
        raise rejected(Reason.COMMENT_BESIDE_TEXT)
    # A sealed document that carries another one would leave open which of them counts.
    if license_schema().faults(root) or root.find(lic("signedLicense")) is not None:
        raise rejected(Reason.SCHEMA_INVALID)
    return valid_content(root)


def valid_content(root: etree._Element) -> SealContent:
    """Return what a license says that the schema has found valid, and without any comment.

    Args:
        root: of verified octets; a `lic:signedLicense` in it is not looked at.

    Raises:
        DocumentRejected: `content-unreadable`, see `read_license`.
    """
    try:
        return SealContent.model_validate(_seal_content(_Fields(root)))
    except ValueError:
        # pydantic's ValidationError is one too; its text quotes values, so it is dropped.
        raise rejected(Reason.CONTENT_UNREADABLE) from None


def check_extension(extension: etree._Element) -> None:
    """Refuse an element of our namespace that version 1.x does not know.

    Raises:
        DocumentRejected: `unknown-extension-version`, for another name or another first number.
    """
    versioned = _EXTENSIONS.get(str(extension.tag))
    if versioned is None or (versioned and not extension.get("version", "").startswith("1.")):
        raise rejected(Reason.UNKNOWN_EXTENSION_VERSION)


def sealed_document(clear: etree._Element) -> bytes:
    """Return the sealed stand-alone document inside a clear `lic:license`; not verified.

    Raises:
        DocumentRejected: `schema-invalid` where there is none, `not-base64`.
    """
    text = clear.findtext(lic("signedLicense"))
    if not text:
        raise rejected(Reason.SCHEMA_INVALID)
    try:
        return b64decode(text, validate=True)
    except (NotBase64, ValueError):
        raise rejected(Reason.NOT_BASE64) from None


class _Fields:
    """The children of one valid element, by their names without the namespace."""

    def __init__(self, parent: etree._Element) -> None:
        self._children: dict[str, list[etree._Element]] = {}
        for child in parent:
            # All elements of a valid license are ours, but what stands in `lic:more`.
            self._children.setdefault(child.tag[_NAME], []).append(child)

    def elements(self, name: str) -> list[etree._Element]:
        return self._children.get(name, [])

    def only(self, name: str) -> "_Fields":
        return _Fields(self._children[name][0])

    def fields(self, name: str) -> list["_Fields"]:
        return [_Fields(child) for child in self.elements(name)]

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple([child.text or "" for child in self.elements(name)])

    def text(self, name: str) -> str:
        return self._children[name][0].text or ""

    def optional(self, name: str) -> str | None:
        return self.text(name) if name in self._children else None

    def day(self, name: str) -> date:
        return date.fromisoformat(self.text(name))

    def optional_day(self, name: str) -> date | None:
        return self.day(name) if name in self._children else None

    def flag(self, name: str) -> bool:
        return self.text(name) == "true"

    def localized(self, name: str) -> tuple[_Stated, ...]:
        return tuple(
            [
                {"lang": child.get(_LANGUAGE, ""), "text": child.text or ""}
                for child in self.elements(name)
            ]
        )

    def period(self) -> _Stated:
        return {"starts": self.day("validFrom"), "ends": self.optional_day("validUntil")}


def _seal_content(fields: _Fields) -> _Stated:
    """Return the fields of a `SealContent`; the model takes them in one piece, which is quick."""
    holder = fields.only("holder")
    return {
        "license_id": fields.text("licenseId"),
        "seal_id": fields.text("sealId"),
        "record_version": int(fields.text("recordVersion")),
        "issuer": _issuer(fields.only("issuer")),
        "holder_id": holder.text("id"),
        "holder": _person(holder),
        "grant": _grant(fields),
        "status_address": fields.text("statusAddress"),
    }


def _issuer(fields: _Fields) -> _Stated:
    return {
        "id": fields.text("id"),
        "names": fields.localized("name"),
        "country": fields.text("country"),
        "url": fields.text("url"),
    }


def _person(fields: _Fields) -> _Stated:
    return {
        "names": tuple(map(_name, fields.elements("name"))),
        "birth_date": fields.day("dateOfBirth"),
    }


def _name(name: etree._Element) -> _Stated:
    fields = _Fields(name)
    return {
        "given": fields.text("given"),
        "family": fields.text("family"),
        "type": NameType(name.get("type", "")),
    }


def _grant(fields: _Fields) -> _Stated:
    return {
        "number": fields.text("number"),
        "profession": _profession(fields.only("profession")),
        "titles": fields.localized("title"),
        "kind": Kind(fields.text("kind")),
        "jurisdiction": fields.text("jurisdiction"),
        "territories": tuple(map(_territory, fields.fields("territory"))),
        "first_issued": fields.day("firstIssued"),
        "issued": fields.day("issued"),
        "period": fields.period(),
        "time_zone": fields.text("timeZone"),
        "recognition": RecognitionBasis(fields.text("recognition")),
        "specialities": tuple(map(_speciality, fields.fields("speciality"))),
        "scope": tuple(map(_scope_item, fields.fields("scope"))),
        "legal_basis": fields.texts("legalBasis"),
    }


def _profession(fields: _Fields) -> _Stated:
    level = fields.optional("eqfLevel")
    return {
        "code": fields.text("code"),
        "titles": fields.localized("title"),
        "isco08": fields.text("isco08"),
        "protection": Protection(fields.text("protection")),
        "sector": Sector(fields.text("sector")),
        "esco_uri": fields.optional("escoUri"),
        "annex_v": fields.optional("annexV"),
        "eqf_level": None if level is None else int(level),
        "alertable": fields.flag("alertable"),
        "legal_basis": fields.texts("legalBasis"),
    }


def _territory(fields: _Fields) -> _Stated:
    return {
        "area": fields.text("area"),
        "mode": TerritoryMode(fields.text("mode")),
        "until": fields.optional_day("until"),
    }


def _speciality(fields: _Fields) -> _Stated:
    return {
        "code": fields.text("code"),
        "titles": fields.localized("title"),
        "period": fields.period(),
    }


def _scope_item(fields: _Fields) -> _Stated:
    return {
        "activity": fields.text("activity"),
        "titles": fields.localized("title"),
        "exclude": fields.flag("exclude"),
    }
