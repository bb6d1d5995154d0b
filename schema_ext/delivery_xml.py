"""Write and read what a provider adds to an ELMO document: `lic:delivery` and `lic:status`.

The first ties the document to one recipient and one session and stands in the extension of the
root; the second staples the authority's signed statement beside a license. Neither is sealed by
the authority: the provider's signature over the whole document covers both. What they prove is
decided elsewhere (`licenses.model.judgement`, `schema_ext.status_token`).

Source: design.md 4.
"""

import re
from typing import Final

from lxml import etree

from licenses.model.reasons import Reason
from licenses.model.verdict import Delivery
from schema_ext.canonical import element, leaf
from schema_ext.license_reader import check_extension
from schema_ext.namespaces import LIC, LIC_VERSION, lic
from schema_ext.refusal import rejected
from schema_ext.validation import license_schema

# Asked for here and not by the schema, whose patterns are slow over long texts.
_COMPACT: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_DECLARED: Final = {"xmlns:lic": LIC}


def write_delivery(delivery: Delivery) -> str:
    """Return the canonical `lic:delivery`, to stand in the extension of the ELMO root."""
    return element(
        "lic:delivery",
        leaf("lic:audience", delivery.audience),
        leaf("lic:sessionSha256", delivery.session_sha256),
        leaf("lic:purpose", delivery.purpose),
        leaf("lic:consentId", delivery.consent_id),
        leaf("lic:loginLevel", delivery.login_level),
        attributes=_DECLARED | {"version": LIC_VERSION},
    )


def read_delivery(delivery: etree._Element) -> Delivery:
    """Return what a `lic:delivery` of verified octets says.

    Raises:
        DocumentRejected: `unknown-extension-version`, `schema-invalid`, or `content-unreadable`.
    """
    valid = _valid(delivery)
    try:
        return Delivery(
            audience=valid.findtext(lic("audience"), ""),
            session_sha256=valid.findtext(lic("sessionSha256"), ""),
            purpose=valid.findtext(lic("purpose"), ""),
            consent_id=valid.findtext(lic("consentId"), ""),
            login_level=valid.findtext(lic("loginLevel"), ""),
        )
    except ValueError:
        raise rejected(Reason.CONTENT_UNREADABLE) from None


def write_status(token: str) -> str:
    """Return the canonical `lic:status` around a compact JWT, to stand beside its license."""
    return leaf("lic:status", token, _DECLARED)


def read_status(status: etree._Element) -> str:
    """Return the compact JWT of a `lic:status` of verified octets; its signature is not checked.

    Raises:
        DocumentRejected: `unknown-extension-version` or `schema-invalid`.
    """
    token = _valid(status).text or ""
    if not _COMPACT.fullmatch(token):
        raise rejected(Reason.SCHEMA_INVALID)
    return token


def _valid(extension: etree._Element) -> etree._Element:
    check_extension(extension)
    if license_schema().faults(extension):
        raise rejected(Reason.SCHEMA_INVALID)
    return extension
