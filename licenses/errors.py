"""The tree of expected failures; every one has a stable code and a sentence for people.

    LicensingError
    ├── InvalidRequest            malformed request as a whole
    │   └── InvalidFields         named fields are wrong; nothing was changed
    ├── NotAuthenticated          no token, or not one we know
    ├── NotAllowed                the own authority, but not this role
    │   ├── OutsideMandate        the authority may not grant this profession there, then
    │   └── SameOfficer           the one who proposed may not approve
    ├── NotFound                  no such record, or somebody else's: the answer is the same
    ├── Conflict
    │   ├── IllegalTransition     the state table has no such step
    │   ├── NumberTaken           the license number is in use
    │   └── AlreadyUsed           a session or proposal serves once
    ├── Expired                   it was there, its time is over
    ├── StaleVersion              If-Match names an older record
    ├── VersionRequired           If-Match is missing
    ├── KeyReused                 the Idempotency-Key came with another body
    ├── TooLarge                  over a stated cap
    ├── DocumentRejected          must not be used; nothing read from it reaches the caller
    │   └── MalformedDocument     not even the form of the thing it claims to be
    ├── LintFailed                our own draft breaks a rule the schema cannot say
    ├── Unavailable               try again later: disk, lock, key token
    └── ConfigurationRefused      a setting is missing or unsafe; the program does not start

A message never holds personal data or secrets; a code never changes its meaning.
"""

from typing import NamedTuple


class LicensingError(Exception):
    """Base of all expected failures; `code` is stable, the message is for people."""

    code = "licensing-error"


class FieldFault(NamedTuple):
    """One wrong field: dotted path from the body, stable code, sentence without the value."""

    field: str
    code: str
    message: str


class InvalidRequest(LicensingError):
    """The request as a whole cannot be read."""

    code = "invalid-request"


class InvalidFields(InvalidRequest):
    """Named fields are wrong; `faults` lists each one."""

    code = "invalid-fields"

    def __init__(self, *faults: FieldFault) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{fault.field}: {fault.message}" for fault in faults))


class NotAuthenticated(LicensingError):
    """No token was sent, or none that is known and in force."""

    code = "not-authenticated"


class NotAllowed(LicensingError):
    """The actor is known, but this role may not do this."""

    code = "not-allowed"


class OutsideMandate(NotAllowed):
    """The authority has no mandate for this profession, territory and day."""

    code = "outside-mandate"


class SameOfficer(NotAllowed):
    """A decision needs a second officer, and this is the first one again."""

    code = "same-officer"


class NotFound(LicensingError):
    """There is no such record for this caller; somebody else's record answers the same."""

    code = "not-found"


class Conflict(LicensingError):
    """The record's present state does not allow this."""

    code = "conflict"


class IllegalTransition(Conflict):
    """The state table has no such step from the present status."""

    code = "illegal-transition"


class NumberTaken(Conflict):
    """Another license of this authority bears the number."""

    code = "number-taken"


class AlreadyUsed(Conflict):
    """A session, response or proposal serves once, and has served."""

    code = "already-used"


class Expired(LicensingError):
    """It was there, and its time is over; start again."""

    code = "expired"


class StaleVersion(LicensingError):
    """If-Match names an older version than the record has now."""

    code = "stale-version"


class VersionRequired(LicensingError):
    """An update must say in If-Match which version it was made from."""

    code = "version-required"


class KeyReused(LicensingError):
    """The Idempotency-Key was used before with another body."""

    code = "idempotency-key-reused"


class TooLarge(LicensingError):
    """Larger than a stated cap; refused before it is read."""

    code = "too-large"


class DocumentRejected(LicensingError):
    """The document must not be used; nothing read from it may reach the caller.

    `reason` is the stable reason code a verdict shows (docs/errors.md).
    """

    code = "document-rejected"

    def __init__(self, reason: str, message: str) -> None:
        self.reason = reason
        super().__init__(message)


class MalformedDocument(DocumentRejected):
    """It is not even of the form it claims to be: base64, gzip, XML, JSON."""

    code = "malformed-document"


class LintFailed(LicensingError):
    """Our own draft breaks a rule the schema cannot say; it never reaches the key.

    `faults` says where: the field of each is the path of an element, as in
    `license/holder/name[1]`, or, where somebody has sent it as a field, that field.
    """

    code = "lint-failed"

    def __init__(self, message: str, *faults: FieldFault) -> None:
        self.faults = faults
        super().__init__(message)


class Unavailable(LicensingError):
    """A part we depend on does not answer now; nothing was half done."""

    code = "unavailable"


class ConfigurationRefused(LicensingError):
    """A setting, file or key is missing or unsafe; the program does not start on it."""

    code = "configuration-refused"
