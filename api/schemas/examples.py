"""Answers as they look, for the published description of the API; a test reads each as its form."""

from pydantic.config import JsonDict

_LICENSE = "01890000-0000-7000-8000-000000000001"
_DECISION = "01890000-0000-7000-8000-000000000002"
_HOLDER = "01890000-0000-7000-8000-000000000003"
_SEAL = "5f2b7c0e9d1a4b6c8e3f7a9b0c1d2e3f"
_MOMENT = "2026-03-02T12:00:00Z"

RECEIPT: JsonDict = {
    "licenseId": _LICENSE,
    "decisionId": _DECISION,
    "event": "issued",
    "proposed": False,
    "status": "active",
    "version": 2,
    "number": "HPR 7000001",
    "holderId": _HOLDER,
    "sealId": _SEAL,
    "recordVersion": 1,
}

_GRANT: JsonDict = {
    "number": "HPR 7000001",
    "profession": {
        "code": "sykepleier",
        "titles": [{"lang": "nb", "text": "Sykepleier"}],
        "isco08": "2221",
    },
    "titles": [{"lang": "nb", "text": "Sykepleier"}],
    "kind": "full",
    "jurisdiction": "NO",
    "territories": [{"area": "NO", "mode": "home", "until": None}],
    "firstIssued": "2026-03-02",
    "issued": "2026-03-02",
    "validFrom": "2026-03-02",
    "validUntil": "2030-12-31",
    "timeZone": "Europe/Oslo",
    "recognition": "national-training",
    "specialities": [],
    "scope": [],
    "legalBasis": ["Helsepersonelloven § 48"],
}

LICENSE: JsonDict = {
    "licenseId": _LICENSE,
    "uri": f"urn:uuid:{_LICENSE}",
    "status": "active",
    "statusSince": _MOMENT,
    "standing": {"level": "full", "because": "in-force", "termCodes": [], "asOf": _MOMENT},
    "version": 2,
    "recordVersion": 1,
    "sealId": _SEAL,
    "grant": _GRANT,
    "encumbrances": [],
    "holder": {
        "holderId": _HOLDER,
        "names": [{"given": "Ingrid Marie", "family": "Solberg", "type": "current"}],
        "birthDate": "1988-05-17",
    },
}

LISTED: JsonDict = {
    "licenses": [
        {
            "licenseId": _LICENSE,
            "number": "HPR 7000001",
            "profession": "sykepleier",
            "kind": "full",
            "status": "active",
            "validFrom": "2026-03-02",
            "validUntil": "2030-12-31",
            "holderId": _HOLDER,
            "version": 2,
        }
    ],
    "nextCursor": None,
}

HISTORY: JsonDict = {
    "decisions": [
        {
            "decisionId": _DECISION,
            "event": "issued",
            "decidedOn": "2026-03-02",
            "effectiveFrom": _MOMENT,
            "effectiveUntil": None,
            "recordedAt": _MOMENT,
            "reasonCodes": [],
            "legalBasis": [],
            "actor": {"actorId": "officer-1", "role": "officer"},
            "approver": None,
            "grant": _GRANT,
            "encumbrance": None,
            "lifts": None,
            "amends": None,
        }
    ],
    "proposals": [],
}

SEALED = (
    '<license xmlns="https://w3id.org/elmo-license/v1" version="1.0">'
    "<!-- ... --><ds:Signature "
    'xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><!-- ... --></ds:Signature></license>'
)
"""The outline of a sealed license; the schema stands at /schema/license-1.0.xsd."""

STATEMENT = (
    "eyJhbGciOiJFUzI1NiIsInR5cCI6ImxpY2Vuc2Utc3RhdHVzK2p3dCJ9.eyJzdGFuZGluZyI6ImZ1bGwifQ.c2ln"
)
"""The outline of a signed statement: header, claims and signature of a JWT."""
