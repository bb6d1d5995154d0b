"""Read an ELMO document, ours or anybody's: from verified octets to what it carries.

Takes only what a verifier hands out. ELMO 1.7 and 2.0 share a namespace and differ, as far as
we read, in the learner alone (`schema_ext.elmo_learner`), so one reader serves both; courses,
credits and attachments of others are passed over. The sealed licenses come out unverified: what
counts of them is decided by their own seals, whether the clear copy agrees with the seal by
`schema_ext.license_xml`.

Our elements are taken strictly, because one in an odd place could be seen by one reader and
missed by the next: `lic:delivery` stands in the extension of the root, `lic:license` and
`lic:status` in that of a learning opportunity, each at most once.

Source: design.md 4; wire.md 6, 8.
"""

import re
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Final

from lxml import etree

from licenses.model.reasons import Reason
from schema_ext.delivery_xml import read_delivery, read_status, require_valid
from schema_ext.elmo_content import ReadElmo, ReadLicense
from schema_ext.elmo_learner import read_learner
from schema_ext.license_reader import check_extension, sealed_document
from schema_ext.namespaces import LIC, XSI, elmo, lic
from schema_ext.parsing import parse
from schema_ext.refusal import rejected

# Everything before the number of the version: another version is another namespace.
_OURS_IN_ANY_VERSION: Final = LIC.rstrip("0123456789")
_ANY_VERSION: Final = _OURS_IN_ANY_VERSION.encode("ascii")
_THIS_VERSION: Final = f'{LIC}"'.encode("ascii")
_XSI: Final = XSI.encode("ascii")
_EXTENSION: Final = elmo("extension")
_OPPORTUNITY: Final = elmo("learningOpportunitySpecification")
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)


def read_elmo(octets: bytes) -> ReadElmo:
    """Return what an ELMO document carries.

    Args:
        octets: the octets a verified outer signature covers, without the signature.

    Raises:
        MalformedDocument: over a cap, or not XML.
        DocumentRejected: `unknown-document` (another root), `unknown-extension-version`,
            `schema-invalid` or `not-base64` (a license without a readable sealed document),
            `content-unreadable` (an element of ours in a wrong place or twice, a learner whose
            name or birth date cannot be).
    """
    return elmo_of(octets, parse(octets), is_valid=False)


def elmo_of(octets: bytes, root: etree._Element, *, is_valid: bool) -> ReadElmo:
    """Return what an ELMO document carries.

    Args:
        octets: those a verified outer signature covers.
        root: what parsing them gave.
        is_valid: True where the schema of ELMO with licenses has found nothing wrong with it;
            else our own elements are held against their schema here, and no clear copy is
            handed on as valid.

    Raises:
        DocumentRejected: as `read_elmo`.
    """
    if root.tag != elmo("elmo"):
        raise rejected(Reason.UNKNOWN_DOCUMENT)
    ours = _placed(_outermost(octets, root), root)
    if not is_valid:
        _require_valid(ours.values())
    delivery = next((one for (_, tag), one in ours.items() if tag == lic("delivery")), None)
    learner = read_learner(root.find(elmo("learner")))
    return ReadElmo(
        generated_at=_moment(root.findtext(elmo("generatedDate"), "")),
        learner=learner.person if learner else None,
        alternative_name=learner.alternative_name if learner else None,
        delivery=None if delivery is None else read_delivery(delivery),
        licenses=tuple(
            _license(license_, ours.get((owner, lic("status"))), is_valid=is_valid)
            for (owner, tag), license_ in ours.items()
            if tag == lic("license")
        ),
    )


def _outermost(octets: bytes, root: etree._Element) -> list[etree._Element]:
    """Return the elements of our namespace, any version, that stand inside none of ours."""
    ours = [f"{{{uri}}}*" for uri in _declared(octets, root)]
    # Without a name to look for, every element would be found.
    found: list[etree._Element] = []
    inside: set[etree._Element] = set()
    for element in root.iter(*ours) if ours else ():
        nested = element.getparent() in inside or any(
            ancestor in inside for ancestor in element.iterancestors()
        )
        inside.add(element)
        if not nested:
            found.append(element)
    return found


def _declared(octets: bytes, root: etree._Element) -> Collection[str]:
    """Return our namespaces, any version, that a document declares.

    In octets that a verifier hands out no letter stands as a number, so each namespace is found
    as it is; where one is not ours as we write it, the tree is asked.
    """
    place = octets.find(_ANY_VERSION)
    while place != -1 and octets.startswith(_THIS_VERSION, place):
        place = octets.find(_ANY_VERSION, place + len(_THIS_VERSION))
    if place == -1:
        return (LIC,)
    declared = {uri for _, (_, uri) in etree.iterwalk(root, events=("start-ns",))}
    return [uri for uri in declared if uri.startswith(_OURS_IN_ANY_VERSION)]


def _placed(
    found: list[etree._Element], root: etree._Element
) -> dict[tuple[etree._Element, str], etree._Element]:
    """Return our elements by the ELMO element they belong to and their own name.

    Refuses what is unknown, stands in a wrong place, is there twice, or is a status without its
    license.
    """
    placed: dict[tuple[etree._Element, str], etree._Element] = {}
    for element in found:
        check_extension(element)
        key = (_owner(element, root), str(element.tag))
        if key in placed:
            raise rejected(Reason.CONTENT_UNREADABLE)
        placed[key] = element
    if any((owner, lic("license")) not in placed for owner, tag in placed if tag == lic("status")):
        raise rejected(Reason.CONTENT_UNREADABLE)
    return placed


def _owner(element: etree._Element, root: etree._Element) -> etree._Element:
    """Return the element whose extension `element` stands in; refuse any other place."""
    extension = element.getparent()
    owner = None if extension is None else extension.getparent()
    if extension is None or owner is None or extension.tag != _EXTENSION:
        raise rejected(Reason.CONTENT_UNREADABLE)
    fits = owner is root if element.tag == lic("delivery") else _is_reported(owner, root)
    if not fits:
        raise rejected(Reason.CONTENT_UNREADABLE)
    return owner


def _is_reported(owner: etree._Element, root: etree._Element) -> bool:
    """Say whether `owner` is a learning opportunity of a report, or a part of one."""
    path = [str(step.tag) for step in (owner, *owner.iterancestors())]
    while path[:2] == [_OPPORTUNITY, elmo("hasPart")]:
        path = path[2:]
    return path == [_OPPORTUNITY, elmo("report"), str(root.tag)]


def _require_valid(ours: Iterable[etree._Element]) -> None:
    """Refuse a delivery or status that its schema does; a license is asked about once sealed."""
    for element in ours:
        if element.tag != lic("license"):
            require_valid(element)


def _license(
    clear: etree._Element, status: etree._Element | None, *, is_valid: bool
) -> ReadLicense:
    octets = etree.tostring(clear, method="c14n", exclusive=True, with_comments=False)
    return ReadLicense(
        sealed=sealed_document(clear),
        clear_octets=octets,
        status_token=None if status is None else read_status(status),
        clear=clear if is_valid and _says_its_octets(clear, octets) else None,
    )


def _says_its_octets(element: etree._Element, octets: bytes) -> bool:
    """Say whether parsing the exclusive C14N of a valid element gives it again, and as valid.

    C14N leaves out comments, which part a text, and namespaces that only a value names, which
    `xsi:type` does.
    """
    return next(element.iter(etree.Comment), None) is None and _XSI not in octets


def _moment(text: str) -> datetime | None:
    """Return an xs:dateTime, in UTC where it names no time zone; None where it is none."""
    if not _MOMENT.fullmatch(text.strip(" \t\r\n")):
        return None
    try:
        moment = datetime.fromisoformat(text.strip(" \t\r\n"))
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
