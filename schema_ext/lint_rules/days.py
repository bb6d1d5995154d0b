"""Rules over the days of a license and its holder: what no calendar and no law allows.

The bounds are wide on purpose: they catch a wrong century or a swapped field, and leave every
law its own terms.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from licenses.model.license import Kind
from licenses.model.values import ValidityPeriod
from schema_ext.lint_rules.rule import ContentRule, Draft, at, numbered

LEAST_AGE: Final = 14
"""Completed years: nobody is licensed younger, so a later birth date is a typing error."""

GREATEST_AGE: Final = 120
"""Completed years: nobody lived longer but once, and she held no license."""

LONGEST_WAIT: Final = 2
"""Years between the issue of a license and its first day."""

LONGEST_VALIDITY: Final = 65
"""Years: longer than from the first license to any age limit. "For ever" is an absent end."""

LONGEST_SERVICE: Final = 5
"""Years of a temporary service from its issue; the declaration is one for a year."""

_FOR_A_TIME: Final = frozenset({Kind.PROVISIONAL, Kind.TEMPORARY_SERVICE, Kind.STUDENT})


def _years(birth: date, day: date) -> int:
    """Return the years completed between two days."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _born_ahead(draft: Draft) -> bool:
    return draft.content.holder.birth_date > draft.today


def _too_young(draft: Draft) -> bool:
    return _years(draft.content.holder.birth_date, draft.grant.first_issued) < LEAST_AGE


def _too_old(draft: Draft) -> bool:
    return _years(draft.content.holder.birth_date, draft.grant.issued) > GREATEST_AGE


def _issued_ahead(draft: Draft) -> bool:
    return draft.grant.issued > draft.today


def _valid_before_issue(draft: Draft) -> bool:
    return draft.grant.period.starts < draft.grant.first_issued


def _starts_far_ahead(draft: Draft) -> bool:
    return _years(draft.grant.issued, draft.grant.period.starts) >= LONGEST_WAIT


def _issued_after_end(draft: Draft) -> bool:
    return draft.grant.period.is_over(draft.grant.issued)


def _ends_far_ahead(draft: Draft) -> bool:
    ends = draft.grant.period.ends
    return ends is not None and _years(draft.grant.issued, ends) >= LONGEST_VALIDITY


def _never_ends(draft: Draft) -> bool:
    return draft.grant.kind in _FOR_A_TIME and _last_day(draft) is None


def _long_service(draft: Draft) -> bool:
    last = _last_day(draft)
    is_service = draft.grant.kind is Kind.TEMPORARY_SERVICE
    return is_service and last is not None and _years(draft.grant.issued, last) >= LONGEST_SERVICE


def _last_day(draft: Draft) -> date | None:
    """Return the last day the license gives a right anywhere; None is open."""
    ends = [] if draft.grant.period.ends is None else [draft.grant.period.ends]
    areas = [territory.until for territory in draft.grant.territories if territory.until]
    if len(areas) == len(draft.grant.territories):
        ends.append(max(areas))
    return min(ends, default=None)


def _part_outlives(draft: Draft) -> Iterator[str]:
    ends = draft.grant.period.ends
    if ends is None:
        return
    for path, territory in numbered("territory", draft.grant.territories):
        if territory.until is not None and territory.until > ends:
            yield f"{path}/until"
    for path, period in _periods(draft):
        if period.ends is not None and period.ends > ends:
            yield f"{path}/validUntil"


def _territory_over(draft: Draft) -> Iterator[str]:
    begins = draft.grant.period.starts
    for path, territory in numbered("territory", draft.grant.territories):
        if territory.until is not None and territory.until < begins:
            yield f"{path}/until"


def _speciality_backwards(draft: Draft) -> Iterator[str]:
    for path, period in _periods(draft):
        if period.is_over(period.starts):
            yield f"{path}/validUntil"


def _speciality_late(draft: Draft) -> Iterator[str]:
    for path, period in _periods(draft):
        if draft.grant.period.is_over(period.starts):
            yield f"{path}/validFrom"


def _speciality_of_a_child(draft: Draft) -> Iterator[str]:
    birth = draft.content.holder.birth_date
    for path, period in _periods(draft):
        if _years(birth, period.starts) < LEAST_AGE:
            yield f"{path}/validFrom"


def _periods(draft: Draft) -> Iterator[tuple[str, ValidityPeriod]]:
    for path, speciality in numbered("speciality", draft.grant.specialities):
        yield path, speciality.period


RULES: Final = (
    ContentRule(
        "birth-ahead", "The holder is not born yet.", at("holder/dateOfBirth", _born_ahead)
    ),
    ContentRule(
        "holder-age",
        f"The holder was younger than {LEAST_AGE} years at the first issue.",
        at("holder/dateOfBirth", _too_young),
    ),
    ContentRule(
        "holder-too-old",
        f"The holder was older than {GREATEST_AGE} years on the day of issue.",
        at("holder/dateOfBirth", _too_old),
    ),
    ContentRule("issued-ahead", "The day of issue has not come yet.", at("issued", _issued_ahead)),
    ContentRule(
        "valid-before-issue",
        "The license is valid before it was issued for the first time.",
        at("validFrom", _valid_before_issue),
    ),
    ContentRule(
        "starts-far-ahead",
        f"The license begins {LONGEST_WAIT} years or more after its issue.",
        at("validFrom", _starts_far_ahead),
    ),
    ContentRule(
        "issued-after-end",
        "The license was issued after its last day.",
        at("validUntil", _issued_after_end),
    ),
    ContentRule(
        "ends-far-ahead",
        f"The license ends {LONGEST_VALIDITY} years or more after its issue; "
        "one that is valid until withdrawn has no last day.",
        at("validUntil", _ends_far_ahead),
    ),
    ContentRule(
        "no-end",
        "A license of this kind is for a time, and no last day is given.",
        at("validUntil", _never_ends),
    ),
    ContentRule(
        "service-length",
        f"A temporary service lasts {LONGEST_SERVICE} years or more.",
        at("validUntil", _long_service),
    ),
    ContentRule(
        "part-outlives-license",
        "A territory or speciality lasts longer than the license.",
        _part_outlives,
    ),
    ContentRule("territory-days", "A territory ends before the license begins.", _territory_over),
    ContentRule("speciality-days", "A speciality ends before it begins.", _speciality_backwards),
    ContentRule(
        "speciality-late",
        "A speciality begins after the last day of the license.",
        _speciality_late,
    ),
    ContentRule(
        "speciality-age",
        f"The holder was younger than {LEAST_AGE} years when a speciality began.",
        _speciality_of_a_child,
    ),
)
