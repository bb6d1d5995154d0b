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
    """Return what a valid `lic:delivery` of verified octets says.

    Raises:
        DocumentRejected: `content-unreadable`.
    """
    stated = {child.tag: child.text or "" for child in delivery}
    try:
        return Delivery(
            audience=stated.get(lic("audience"), ""),
            session_sha256=stated.get(lic("sessionSha256"), ""),
            purpose=stated.get(lic("purpose"), ""),
            consent_id=stated.get(lic("consentId"), ""),
            login_level=stated.get(lic("loginLevel"), ""),
        )
    except ValueError:
        raise rejected(Reason.CONTENT_UNREADABLE) from None


def write_status(token: str) -> str:
    """Return the canonical `lic:status` around a compact JWT, to stand beside its license."""
    return leaf("lic:status", token, _DECLARED)


def read_status(status: etree._Element) -> str:
    """Return the compact JWT of a valid `lic:status`; its signature is not checked.

    Raises:
        DocumentRejected: `schema-invalid`.
    """
    token = status.text or ""
    if not _COMPACT.fullmatch(token):
        raise rejected(Reason.SCHEMA_INVALID)
    return token


def require_valid(extension: etree._Element) -> None:
    """Refuse a `lic:delivery` or `lic:status` of a document that was not found valid as a whole.

    Raises:
        DocumentRejected: `unknown-extension-version` or `schema-invalid`.
    """
    check_extension(extension)
    if license_schema().faults(extension):
        raise rejected(Reason.SCHEMA_INVALID)
