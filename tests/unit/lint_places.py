"""Where each lint rule is broken by its sample in `lint_samples`: as element, and as sent field."""

_ONE_PLACE = {
    "holder/dateOfBirth": ("holder.birthDate", "birth-ahead holder-age holder-too-old"),
    "issued": (None, "issued-ahead"),
    "validFrom": ("validFrom", "valid-before-issue starts-far-ahead"),
    "validUntil": ("validUntil", "issued-after-end ends-far-ahead no-end service-length"),
    "territory[1]/until": ("territories.0.until", "part-outlives-license temporary-territory"),
    "territory[2]/until": ("territories.1.until", "territory-days"),
    "territory[1]/area": ("territories.0.area", "area-code mandate"),
    "territory[2]/area": (
        "territories.1.area",
        "territory-unexplained territory-twice territory-within",
    ),
    "speciality": ("specialities", "specialist-speciality"),
    "speciality[2]": ("specialities.1", "speciality-twice"),
    "speciality[1]/validFrom": (
        "specialities.0.period.starts",
        "speciality-late speciality-age",
    ),
    "speciality[1]/validUntil": ("specialities.0.period.ends", "speciality-days"),
    "holder/name[1]": ("holder.names.0", "name-without-letter"),
    "holder/name[2]": ("holder.names.1", "name-twice"),
    "holder/name[1]/given": ("holder.names.0.given", "name-digit"),
    "holder/name[1]/family": ("holder.names.0.family", "mixed-scripts"),
    "number": (
        "number",
        "number-spaces number-signs number-placeholder number-birth-date number-national",
    ),
    "title": ("titles", "own-language"),
    "title[1]": ("titles.0", "title-without-letter text-spaces"),
    "title[2]": ("titles.1", "language-twice language-script language-tag"),
    "profession/title": ("profession", "profession-own-language"),
    "profession/isco08": ("profession", "isco08"),
    "profession/escoUri": ("profession", "esco-uri esco-isco08"),
    "profession/annexV": ("profession", "annex-v annex-v-isco08"),
    "profession/eqfLevel": ("profession", "eqf-level"),
    "profession/alertable": ("profession", "alert-sector"),
    "legalBasis[1]": ("legalBasis.0", "citation"),
    "legalBasis[2]": ("legalBasis.1", "citation-twice"),
    "timeZone": (None, "time-zone"),
    "recognition": ("recognition", "automatic-recognition declaration"),
    "jurisdiction": ("jurisdiction", "jurisdiction"),
    "scope": ("scope", "partial-access"),
    "scope[2]": ("scope.1", "scope-twice"),
    "scope[2]/exclude": ("scope.1.exclude", "scope-against-itself"),
    "statusAddress": (None, "status-address status-seal address-ip"),
    "issuer/url": (None, "issuer-url"),
    "sealId": (None, "seal-id"),
    "licenseId": (None, "uuid"),
    "holder/id": (None, "uuid-nil one-id-for-two"),
}

ELEMENTS = {
    code: f"license/{path}" for path, (_, codes) in _ONE_PLACE.items() for code in codes.split()
}
"""By the code of the rule, the element its sample breaks it at."""

FIELDS = {
    code: field or f"license/{path}"
    for path, (field, codes) in _ONE_PLACE.items()
    for code in codes.split()
}
"""By the code of the rule, what an applicant reads: the field, or the element if none is sent."""

FORM_ELEMENTS = {
    "canonical": "license",
    "prefix": "license",
    "invisible-character": "license/holder/name[1]/family",
    "nfc": "license/holder/name[1]/given",
}
"""By the code of a rule of the form, the first element its sample breaks it at."""
