"""Read ELMO documents whose root is in a namespace of its own, as a legacy partner's record allows.

Before 1.0 the namespace was another one, and one country put the version into it. Such a document
is read as ELMO once its signature was verified; licenses and seals in it are not touched. That a
root may be there at all is `signing.verifier.verify_legacy`.

Source: design.md 5 (Legacy partner); wire.md 4.
"""

from collections.abc import Iterator

from lxml import etree

from licenses.model.reasons import Reason
from schema_ext.namespaces import ELMO, LIC
from schema_ext.parsing import parse
from schema_ext.refusal import rejected

_OURS = "{" + LIC.rpartition("/")[0] + "/"


def as_elmo(octets: bytes) -> bytes:
    """Return the octets of a verified document with its elements in the namespace of ELMO 1.x.

    What is in that namespace already comes back as it is.

    Raises:
        DocumentRejected: content-unreadable, where elements of both namespaces stand side by
            side and a reader could take either.
    """
    root = parse(octets)
    own = etree.QName(root).namespace
    if own == ELMO:
        return octets
    for element in list(_outside_licenses(root)):
        name = etree.QName(element)
        if name.namespace == ELMO:
            raise rejected(Reason.CONTENT_UNREADABLE)
        if name.namespace == own:
            element.tag = f"{{{ELMO}}}{name.localname}"
    return etree.tostring(root, method="c14n", exclusive=True, with_comments=False)


def _outside_licenses(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements that stand inside no element of the license extension."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if isinstance(element.tag, str) and not element.tag.startswith(_OURS):
            yield element
            waiting.extend(element)
