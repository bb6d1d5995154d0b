"""Read the exact shape of a ds:Signature, before any arithmetic and without looking anything up.

Each element is read at its one place: so many children of these names in this order, these
attributes, whitespace between them and nothing else. Whatever is not expected is refused, so an
unsigned or ambiguous part has nowhere to stand. Prefixes do not matter (Java writes none), nor
do line breaks in base64 (Java writes `&#13;`).

What an algorithm may be is `policy`; the particulars of a seal are `seal_shape`.

Source: design.md 5; security.md A1-A6, A10-A14.
"""

import binascii
from base64 import b64decode
from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from licenses.model.reasons import Reason
from schema_ext.namespaces import ds
from schema_ext.refusal import rejected
from schema_ext.signing.policy import EXCLUSIVE, MAX_CERTIFICATES, Profile, SignatureMethod

XML_SPACE: Final = " \t\r\n"
NO_ATTRIBUTES: Final[frozenset[str]] = frozenset()
_ALGORITHM: Final = frozenset({"Algorithm"})
_ID: Final = frozenset({"Id"})
_REFERENCE_ATTRIBUTES: Final = frozenset({"URI", "Type"})
_PREFIX_LIST: Final = frozenset({"PrefixList"})
SIGNATURE: Final = ds("Signature")
_START_OF_SIGNATURE: Final = [ds("SignedInfo"), ds("SignatureValue")]
_KEY_INFO: Final = [ds("KeyInfo")]
_OBJECT: Final = ds("Object")
_START_OF_SIGNED_INFO: Final = [ds("CanonicalizationMethod"), ds("SignatureMethod")]
_REFERENCE: Final = ds("Reference")
_PARTS_OF_REFERENCE: Final = (ds("Transforms"), ds("DigestMethod"), ds("DigestValue"))
_TRANSFORM: Final = ds("Transform")
_INCLUSIVE_NAMESPACES: Final = f"{{{EXCLUSIVE}}}InclusiveNamespaces"
# The rest of KeyInfo asks to fetch, decrypt or convert something.
_HARMLESS_KEY_INFO: Final = frozenset({ds("X509Data"), ds("KeyName"), ds("KeyValue")})


class Reference(NamedTuple):
    """One ds:Reference: what it covers, how that is made octets, and their digest."""

    uri: str
    type: str | None
    transforms: tuple[str, ...]
    digest_name: str
    digest: bytes


class SignatureParts(NamedTuple):
    """What a ds:Signature says; `certificates` are DER as shown, unread and not trusted."""

    element: etree._Element
    signed_info: etree._Element
    canonicalization: str
    method: SignatureMethod
    references: tuple[Reference, ...]
    value: bytes
    certificates: tuple[bytes, ...]
    objects: tuple[etree._Element, ...]


def only_signature(root: etree._Element) -> etree._Element:
    """Return the one ds:Signature of the document, last element in its root.

    Raises:
        DocumentRejected: unsigned, signature-not-alone, signature-misplaced.
    """
    found = list(root.iter(SIGNATURE))
    if not found:
        raise rejected(Reason.UNSIGNED)
    if len(found) > 1:
        raise rejected(Reason.SIGNATURE_NOT_ALONE)
    signature = found[0]
    if signature.getparent() is not root or next(signature.itersiblings("*"), None) is not None:
        raise rejected(Reason.SIGNATURE_MISPLACED)
    return signature


def refuse_hiding_comments(root: etree._Element) -> None:
    """Refuse comments that could hide something; those between elements are dropped later.

    Raises:
        DocumentRejected: comment-in-signature, comment-beside-text.
    """
    # Each parent once, in document order: it may have as many comments as it has children.
    parents = dict.fromkeys(comment.getparent() for comment in root.iter(etree.Comment))
    for parent in parents:
        if parent is None:
            continue
        if next(_from_here_up(parent, SIGNATURE), None) is not None:
            raise rejected(Reason.COMMENT_IN_SIGNATURE)
        children_of(parent, Reason.COMMENT_BESIDE_TEXT)


def read_signature(signature: etree._Element, profile: Profile) -> SignatureParts:
    """Return what a ds:Signature says, if it has exactly the shape of `profile`.

    How many references and objects there must be, and what they are about, is left to the
    verifiers: they differ between the two profiles.

    Raises:
        DocumentRejected: signature-shape, signature-algorithm, signature-transforms.
    """
    require_attributes(signature, _ID, Reason.SIGNATURE_SHAPE)
    children = children_of(signature, Reason.SIGNATURE_SHAPE)
    names = [child.tag for child in children]
    with_key_info = names[2:3] == _KEY_INFO
    objects = tuple(children[3 if with_key_info else 2 :])
    if names[:2] != _START_OF_SIGNATURE:
        raise rejected(Reason.SIGNATURE_SHAPE)
    if any(one.tag != _OBJECT for one in objects):
        raise rejected(Reason.SIGNATURE_SHAPE)
    signed_info, value = children[:2]
    require_attributes(value, _ID, Reason.SIGNATURE_SHAPE)
    canonicalization, method, references = _read_signed_info(signed_info, profile)
    return SignatureParts(
        element=signature,
        signed_info=signed_info,
        canonicalization=canonicalization,
        method=method,
        references=references,
        value=base64_octets(value, Reason.SIGNATURE_SHAPE),
        certificates=_read_key_info(children[2]) if with_key_info else (),
        objects=objects,
    )


def _read_signed_info(
    signed_info: etree._Element, profile: Profile
) -> tuple[str, SignatureMethod, tuple[Reference, ...]]:
    require_attributes(signed_info, NO_ATTRIBUTES, Reason.SIGNATURE_SHAPE)
    children = children_of(signed_info, Reason.SIGNATURE_SHAPE)
    names = [child.tag for child in children]
    if names[:2] != _START_OF_SIGNED_INFO:
        raise rejected(Reason.SIGNATURE_SHAPE)
    if any(name != _REFERENCE for name in names[2:]):
        raise rejected(Reason.SIGNATURE_SHAPE)
    canonicalization = _canonicalization(children[0], Reason.SIGNATURE_ALGORITHM)
    # A child here would be the length to which an HMAC is cut.
    method = profile.signature_methods.get(_bare_algorithm(children[1]))
    if canonicalization not in profile.canonicalizations or method is None:
        raise rejected(Reason.SIGNATURE_ALGORITHM)
    references = tuple(_read_reference(one, profile) for one in children[2:])
    return canonicalization, method, references


def _read_reference(reference: etree._Element, profile: Profile) -> Reference:
    require_attributes(reference, _REFERENCE_ATTRIBUTES, Reason.SIGNATURE_SHAPE)
    transforms, method, value = only_children(
        reference, _PARTS_OF_REFERENCE, Reason.SIGNATURE_SHAPE
    )
    require_attributes(value, NO_ATTRIBUTES, Reason.SIGNATURE_SHAPE)
    digest_name = profile.digests.get(_bare_algorithm(method))
    if digest_name is None:
        raise rejected(Reason.SIGNATURE_ALGORITHM)
    uri = reference.get("URI")
    if uri is None:
        # Without URI the application would have to know what is meant.
        raise rejected(Reason.SIGNATURE_REFERENCE_TARGET)
    return Reference(
        uri=uri,
        type=reference.get("Type"),
        transforms=_read_transforms(transforms),
        digest_name=digest_name,
        digest=base64_octets(value, Reason.SIGNATURE_SHAPE),
    )


def _read_transforms(transforms: etree._Element) -> tuple[str, ...]:
    require_attributes(transforms, NO_ATTRIBUTES, Reason.SIGNATURE_TRANSFORMS)
    children = children_of(transforms, Reason.SIGNATURE_TRANSFORMS)
    if any(child.tag != _TRANSFORM for child in children):
        raise rejected(Reason.SIGNATURE_TRANSFORMS)
    return tuple([_canonicalization(child, Reason.SIGNATURE_TRANSFORMS) for child in children])


def _canonicalization(element: etree._Element, reason: Reason) -> str:
    """Return the algorithm; its one allowed child says that no prefix is treated inclusively."""
    require_attributes(element, _ALGORITHM, reason)
    algorithm = element.get("Algorithm", "")
    if not children_of(element, reason):
        return algorithm
    (namespaces,) = only_children(element, (_INCLUSIVE_NAMESPACES,), reason)
    require_attributes(namespaces, _PREFIX_LIST, reason)
    if algorithm != EXCLUSIVE or namespaces.get("PrefixList", "").strip(XML_SPACE):
        raise rejected(reason)
    return algorithm


def _bare_algorithm(element: etree._Element) -> str:
    require_attributes(element, _ALGORITHM, Reason.SIGNATURE_ALGORITHM)
    if children_of(element, Reason.SIGNATURE_ALGORITHM):
        raise rejected(Reason.SIGNATURE_ALGORITHM)
    return element.get("Algorithm", "")


def _read_key_info(key_info: etree._Element) -> tuple[bytes, ...]:
    """Return the certificates shown; names and key values are passed over, never read."""
    require_attributes(key_info, _ID, Reason.SIGNATURE_SHAPE)
    children = children_of(key_info, Reason.SIGNATURE_SHAPE)
    if any(child.tag not in _HARMLESS_KEY_INFO for child in children):
        raise rejected(Reason.SIGNATURE_SHAPE)
    shown = [
        certificate
        for key_data in key_info.iterchildren(ds("X509Data"))
        for certificate in key_data.iterchildren(ds("X509Certificate"))
    ]
    if len(shown) > MAX_CERTIFICATES:
        raise rejected(Reason.SIGNATURE_SHAPE)
    return tuple(base64_octets(one, Reason.SIGNATURE_SHAPE) for one in shown)


def only_children(
    parent: etree._Element, names: tuple[str, ...], reason: Reason
) -> tuple[etree._Element, ...]:
    """Return the children of `parent` if they are exactly `names`, in order, without text."""
    children = tuple(children_of(parent, reason))
    if tuple([child.tag for child in children]) != names:
        raise rejected(reason)
    return children


def require_attributes(element: etree._Element, allowed: frozenset[str], reason: Reason) -> None:
    """Refuse any attribute of `element` that is not `allowed`; any may be missing."""
    if not allowed.issuperset(element.keys()):
        raise rejected(reason)


def attributes(element: etree._Element) -> dict[str, str]:
    """Return the attributes of `element` by Clark name, namespace declarations not among them."""
    # The stubs allow for octets, which lxml never returns in Python 3.
    return dict(element.items())  # type: ignore[arg-type]


def children_of(element: etree._Element, reason: Reason) -> list[etree._Element]:
    """Return the children of `element`; refuse anything but whitespace between them."""
    if element.text and element.text.strip(XML_SPACE):
        raise rejected(reason)
    children = list(element)
    for child in children:
        if child.tail and child.tail.strip(XML_SPACE):
            raise rejected(reason)
    return children


def leaf_text(element: etree._Element, reason: Reason) -> str:
    """Return the text of an element that has no children."""
    if len(element):
        raise rejected(reason)
    return element.text or ""


def base64_octets(element: etree._Element, reason: Reason) -> bytes:
    """Return what the base64 in `element` stands for; whitespace in it is passed over."""
    text = "".join(leaf_text(element, reason).split())
    try:
        return b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise rejected(reason) from None


def _from_here_up(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield `element` and its ancestors, as far as they bear `name`."""
    if element.tag == name:
        yield element
    yield from element.iterancestors(name)
