"""Every reason a verdict can give: a stable code, and a sentence that a clerk understands.

`REASONS` is total over `Reason`: outcome, the step of the verifier that gives it (0 for what is
decided before or beside the steps), the sentence, and what to do. docs/errors.md is generated
from it. Codes never change their meaning; new ones may be added.
"""

from enum import StrEnum
from typing import NamedTuple


class Outcome(StrEnum):
    """What a reason does to the whole answer."""

    FINE = "fine"
    FLAG = "flag"
    INDETERMINATE = "indeterminate"
    REJECTED = "rejected"


class Reason(StrEnum):
    """Stable reason codes."""

    # The carrier: form field, base64, gzip (step 1)
    NOT_BASE64 = "not-base64"
    NOT_GZIP = "not-gzip"
    GZIP_TRUNCATED = "gzip-truncated"
    GZIP_TRAILING_BYTES = "gzip-trailing-bytes"
    GZIP_SEVERAL_MEMBERS = "gzip-several-members"
    GZIP_BAD_CHECKSUM = "gzip-bad-checksum"
    GZIP_CORRUPT = "gzip-corrupt"
    INFLATED_TOO_LARGE = "inflated-too-large"
    INFLATION_RATIO = "inflation-ratio"
    # Caps and parsing (step 2)
    ENCODING_NOT_UTF8 = "encoding-not-utf8"
    DOCTYPE = "doctype"
    NOT_XML = "not-xml"
    PROCESSING_INSTRUCTION = "processing-instruction"
    TOO_LARGE = "too-large"
    OVER_CAP_DEPTH = "over-cap-depth"
    OVER_CAP_ELEMENTS = "over-cap-elements"
    OVER_CAP_ATTRIBUTES = "over-cap-attributes"
    OVER_CAP_NAMESPACES = "over-cap-namespaces"
    OVER_CAP_TEXT = "over-cap-text"
    RELATIVE_NAMESPACE = "relative-namespace"
    # Shape (step 3)
    UNKNOWN_DOCUMENT = "unknown-document"
    UNKNOWN_EXTENSION_VERSION = "unknown-extension-version"
    COMMENT_BESIDE_TEXT = "comment-beside-text"
    COMMENT_IN_SIGNATURE = "comment-in-signature"
    UNSIGNED = "unsigned"
    SIGNATURE_NOT_ALONE = "signature-not-alone"
    SIGNATURE_MISPLACED = "signature-misplaced"
    SIGNATURE_SHAPE = "signature-shape"
    SIGNATURE_OBJECT = "signature-object"
    SIGNATURE_REFERENCES = "signature-references"
    SIGNATURE_REFERENCE_TARGET = "signature-reference-target"
    SIGNATURE_TRANSFORMS = "signature-transforms"
    SIGNATURE_ALGORITHM = "signature-algorithm"
    SIGNED_PROPERTIES_SHAPE = "signed-properties-shape"
    # Key (step 4)
    NO_TRUST = "no-trust"
    UNKNOWN_ISSUER = "unknown-issuer"
    UNKNOWN_KEY = "unknown-key"
    WRONG_NCP_KEY = "wrong-ncp-key"
    KEY_PURPOSE = "key-purpose"
    KEY_TOO_WEAK = "key-too-weak"
    KEY_NOT_VALID_THEN = "key-not-valid-then"
    KEY_COMPROMISED = "key-compromised"
    SIGNING_TIME_UNPROVEN = "signing-time-unproven"
    LEGACY_PARTNER = "legacy-partner"
    # Digest and signature (step 5)
    DIGEST_MISMATCH = "digest-mismatch"
    SIGNATURE_INVALID = "signature-invalid"
    # Content (step 6)
    SCHEMA_INVALID = "schema-invalid"
    LEGACY_SCHEMA_INVALID = "legacy-schema-invalid"
    CONTENT_UNREADABLE = "content-unreadable"
    VERIFIER_FAULT = "verifier-fault"
    CLEAR_COPY_DIFFERS = "clear-copy-differs"
    NO_LICENSE = "no-license"
    VERIFIED = "verified"
    # Delivery (step 7)
    NO_AUDIENCE = "no-audience"
    OTHER_AUDIENCE = "other-audience"
    OTHER_SESSION = "other-session"
    SEEN_BEFORE = "seen-before"
    GENERATED_TOO_LONG_AGO = "generated-too-long-ago"
    GENERATED_IN_THE_FUTURE = "generated-in-the-future"
    # Authority (step 8)
    AUTHORITY_TRUSTED = "authority-trusted"
    OUTSIDE_MANDATE = "outside-mandate"
    # Holder (step 9)
    HOLDER_SAME = "holder-same"
    HOLDER_UNSURE = "holder-unsure"
    HOLDER_OTHER = "holder-other"
    HOLDER_NOT_ASKED = "holder-not-asked"
    SEAL_OF_ANOTHER_HOLDER = "seal-of-another-holder"
    LEARNER_NAME_DIFFERS = "learner-name-differs"
    LEARNER_NOT_STATED = "learner-not-stated"
    # Status (step 10)
    STATUS_STAPLED = "status-stapled"
    STATUS_ASKED = "status-asked"
    STATUS_NOT_ASKED = "status-not-asked"
    STATUS_UNREACHABLE = "status-unreachable"
    STATUS_SIGNATURE = "status-signature"
    STATUS_EXPIRED = "status-expired"
    STATUS_OTHER_SEAL = "status-other-seal"
    SEAL_NEVER_RECORDED = "seal-never-recorded"
    NEWER_SEAL = "newer-seal"
    STANDING_FULL = "standing-full"
    STANDING_CONDITIONAL = "standing-conditional"
    STANDING_NONE = "standing-none"
    # Place (step 11)
    PLACE_COVERED = "place-covered"
    PLACE_NOT_COVERED = "place-not-covered"
    PLACE_NOT_ASKED = "place-not-asked"
    PROFESSION_DIFFERS = "profession-differs"
    ACTIVITY_NOT_COVERED = "activity-not-covered"


class Explanation(NamedTuple):
    """What stands behind a reason code."""

    outcome: Outcome
    step: int
    sentence: str
    advice: str


_R, _O = Reason, Outcome
_ASK_AGAIN = "Ask the holder to fetch the document again from the provider."
_DO_NOT_USE = "Do not rely on this document. Ask the holder for a new one, fetched at the provider."
_ASK_ISSUER = "Ask the authority that issued the license."
_NOTHING = "Nothing to do."


def _rejected(step: int, sentence: str, advice: str = _DO_NOT_USE) -> Explanation:
    return Explanation(_O.REJECTED, step, sentence, advice)


def _open(step: int, sentence: str, advice: str = _ASK_ISSUER) -> Explanation:
    return Explanation(_O.INDETERMINATE, step, sentence, advice)


def _flag(step: int, sentence: str, advice: str) -> Explanation:
    return Explanation(_O.FLAG, step, sentence, advice)


def _fine(step: int, sentence: str) -> Explanation:
    return Explanation(_O.FINE, step, sentence, _NOTHING)


REASONS: dict[Reason, Explanation] = {
    _R.NOT_BASE64: _rejected(1, "The document was damaged on its way: it is not base64.", _ASK_AGAIN),
    _R.NOT_GZIP: _rejected(1, "The provider sent the document unpacked; EMREX packs it (gzip).", _ASK_AGAIN),
    _R.GZIP_TRUNCATED: _rejected(1, "The document was cut short on its way.", _ASK_AGAIN),
    _R.GZIP_TRAILING_BYTES: _rejected(1, "Something was added behind the packed document."),
    _R.GZIP_SEVERAL_MEMBERS: _rejected(1, "The package holds more than one document."),
    _R.GZIP_BAD_CHECKSUM: _rejected(1, "The package was damaged on its way: its checksum is wrong.", _ASK_AGAIN),
    _R.GZIP_CORRUPT: _rejected(1, "The package was damaged on its way and cannot be unpacked.", _ASK_AGAIN),
    _R.INFLATED_TOO_LARGE: _rejected(1, "The document is larger than 10 MiB when unpacked."),
    _R.INFLATION_RATIO: _rejected(1, "The package swells far more than any real document does."),
    _R.ENCODING_NOT_UTF8: _rejected(2, "The document is not written in UTF-8, as EMREX asks."),
    _R.DOCTYPE: _rejected(2, "The document declares a document type, which is never allowed."),
    _R.NOT_XML: _rejected(2, "The document is not well-formed XML.", _ASK_AGAIN),
    _R.PROCESSING_INSTRUCTION: _rejected(2, "The document holds an instruction to programs, which is never allowed."),
    _R.TOO_LARGE: _rejected(2, "The document is larger than 10 MiB."),
    _R.OVER_CAP_DEPTH: _rejected(2, "The document is nested deeper than any real one."),
    _R.OVER_CAP_ELEMENTS: _rejected(2, "The document has more elements than any real one."),
    _R.OVER_CAP_ATTRIBUTES: _rejected(2, "An element has more attributes than any real one."),
    _R.OVER_CAP_NAMESPACES: _rejected(2, "The document declares more or longer namespaces than any real one."),
    _R.OVER_CAP_TEXT: _rejected(2, "A single text in the document is larger than 7 MiB."),
    _R.RELATIVE_NAMESPACE: _rejected(2, "A namespace in the document is not a full address."),
    _R.UNKNOWN_DOCUMENT: _rejected(3, "This is neither an ELMO document nor a sealed license.", "Check that you chose the right file."),
    _R.UNKNOWN_EXTENSION_VERSION: _rejected(3, "The license is written in a version this program does not know.", "Update this program, then check again."),
    _R.COMMENT_BESIDE_TEXT: _rejected(3, "A comment stands inside a text, where it can hide part of a word."),
    _R.COMMENT_IN_SIGNATURE: _rejected(3, "A comment stands inside the signature."),
    _R.UNSIGNED: _open(3, "The document bears no signature, so nothing proves where it came from.", _ASK_AGAIN),
    _R.SIGNATURE_NOT_ALONE: _rejected(3, "The document bears more than one signature; only one is allowed."),
    _R.SIGNATURE_MISPLACED: _rejected(3, "The signature does not stand at the end of the document, where it must."),
    _R.SIGNATURE_SHAPE: _rejected(3, "The signature is not built the way EMREX asks."),
    _R.SIGNATURE_OBJECT: _rejected(3, "The signature carries content of its own that nobody signed."),
    _R.SIGNATURE_REFERENCES: _rejected(3, "The signature covers another number of parts than it must."),
    _R.SIGNATURE_REFERENCE_TARGET: _rejected(3, "The signature covers only a part of the document."),
    _R.SIGNATURE_TRANSFORMS: _rejected(3, "The signature rewrites the document before it covers it."),
    _R.SIGNATURE_ALGORITHM: _rejected(3, "The signature is made by a method that is no longer safe or never was allowed."),
    _R.SIGNED_PROPERTIES_SHAPE: _rejected(3, "The signed particulars of the seal are not built as they must be."),
    _R.NO_TRUST: _open(4, "No trust file was given, so nobody's key is known here.", "Give the trust file of your network (--trust)."),
    _R.UNKNOWN_ISSUER: _open(4, "The issuer is not in your trust file.", "Ask the operator of your network whether this authority is registered."),
    _R.UNKNOWN_KEY: _rejected(4, "The seal was not made with a key of the authority it names."),
    _R.WRONG_NCP_KEY: _rejected(4, "The document was not signed by the provider that was chosen."),
    _R.KEY_PURPOSE: _rejected(4, "The signature was made with a key meant for something else."),
    _R.KEY_TOO_WEAK: _rejected(4, "The signature was made with a key that is too weak."),
    _R.KEY_NOT_VALID_THEN: _rejected(4, "The signature was made when its key was not valid."),
    _R.KEY_COMPROMISED: _rejected(4, "The key had fallen into wrong hands by the time of this signature."),
    _R.SIGNING_TIME_UNPROVEN: _open(4, "The key has expired since, and nothing proves when the signature was made."),
    _R.LEGACY_PARTNER: _open(4, "The signature holds, but only by an old method that is tolerated of this provider for now.", "Ask the provider for a document signed by a method of today, or ask the authority itself."),
    _R.DIGEST_MISMATCH: _rejected(5, "The content was changed after it was signed."),
    _R.SIGNATURE_INVALID: _rejected(5, "The signature does not belong to this content or this signer."),
    _R.SCHEMA_INVALID: _rejected(6, "The document is not built as the ELMO schema says."),
    _R.LEGACY_SCHEMA_INVALID: _flag(6, "The document is not built as the ELMO schema says, which is tolerated of this provider for now.", "Read it with care: parts of it may be missing or in an odd place."),
    _R.CONTENT_UNREADABLE: _rejected(6, "The sealed license says something that cannot be."),
    _R.VERIFIER_FAULT: _rejected(6, "This program could not read the document, so nothing in it counts.", "Tell the operator of this program, and ask the holder for a new document."),
    _R.CLEAR_COPY_DIFFERS: _rejected(6, "What the document shows differs from what the authority sealed."),
    _R.NO_LICENSE: _flag(6, "The document holds no license.", "Ask the holder to choose a license at the provider."),
    _R.VERIFIED: _fine(6, "The content is unaltered since it was signed."),
    _R.NO_AUDIENCE: _flag(7, "The document does not say for whom it was made.", "Make sure you received it yourself, in a session you started."),
    _R.OTHER_AUDIENCE: _rejected(7, "The document was made for another recipient."),
    _R.OTHER_SESSION: _rejected(7, "The document was made for another session than this one."),
    _R.SEEN_BEFORE: _open(7, "This very document was received before, in another session.", "Start again and let the holder fetch a fresh document."),
    _R.GENERATED_TOO_LONG_AGO: _open(7, "The document was made too long before it arrived.", "Start again and let the holder fetch a fresh document."),
    _R.GENERATED_IN_THE_FUTURE: _open(7, "The document bears a time that has not come yet.", "Check the clock of this server, then start again."),
    _R.AUTHORITY_TRUSTED: _fine(8, "The authority is known, and was entitled to grant this license on that day."),
    _R.OUTSIDE_MANDATE: _rejected(8, "The authority was not entitled to grant this profession there on that day."),
    _R.HOLDER_SAME: _fine(9, "The license belongs to the person you expected (name and birth date)."),
    _R.HOLDER_UNSURE: _open(9, "The birth date fits and the name differs, or was not given in full.", "Compare the name with an identity document and ask about former names."),
    _R.HOLDER_OTHER: _rejected(9, "The license belongs to another person than the one you expected."),
    _R.HOLDER_NOT_ASKED: _open(9, "You did not say whom you expect, so nobody was compared.", "Compare name and birth date with an identity document."),
    _R.SEAL_OF_ANOTHER_HOLDER: _rejected(9, "The sealed license belongs to another person than the rest of the document."),
    _R.LEARNER_NOT_STATED: _open(9, "The document does not say in full whose it is, so the seal could not be compared with it.", "Compare name and birth date in the license with an identity document."),
    _R.LEARNER_NAME_DIFFERS: _open(9, "The name in the sealed license differs from the name in the document.", "Compare both names with an identity document and ask about former names."),
    _R.STATUS_STAPLED: _fine(10, "The authority's signed statement came with the document and is fresh."),
    _R.STATUS_ASKED: _fine(10, "The authority was asked just now and answered with a signed statement."),
    _R.STATUS_NOT_ASKED: _open(10, "Nobody was asked whether the license still stands.", "Check again with a connection to the authority."),
    _R.STATUS_UNREACHABLE: _open(10, "The authority could not be reached, so it is unknown whether the license still stands.", "Try again later, or ask the authority."),
    _R.STATUS_SIGNATURE: _rejected(10, "The statement about the license was not signed by the authority."),
    _R.STATUS_EXPIRED: _open(10, "The statement about the license is too old to count.", "Check again with a connection to the authority."),
    _R.STATUS_OTHER_SEAL: _rejected(10, "The statement that came with the license is about another one."),
    _R.SEAL_NEVER_RECORDED: _rejected(10, "The authority has no record of this seal.", _ASK_ISSUER),
    _R.NEWER_SEAL: _flag(10, "The authority has issued a newer version of this license.", "Ask the holder for the newer one if its details matter."),
    _R.STANDING_FULL: _fine(10, "The license is in force without conditions."),
    _R.STANDING_CONDITIONAL: _flag(10, "The license is in force with conditions.", "Make sure the conditions are kept."),
    _R.STANDING_NONE: _rejected(10, "The license gives no right now.", _ASK_ISSUER),
    _R.PLACE_COVERED: _fine(11, "The license gives the right in the place you asked about."),
    _R.PLACE_NOT_COVERED: _open(11, "The license names other places; no right in yours is established by it.", "Ask the authority of your country about recognition."),
    _R.PROFESSION_DIFFERS: _open(11, "The license is for another profession than the one you asked about.", "Ask the holder for the license of the profession you need."),
    _R.ACTIVITY_NOT_COVERED: _open(11, "The license does not cover the activity you asked about.", "Ask the authority which activities the license covers."),
    _R.PLACE_NOT_ASKED: _open(11, "You did not say where the person is to work.", "Say where, and check again."),
}  # fmt: skip
