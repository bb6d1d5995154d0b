"""Make docs/demo.md, the people of the demo world, from the tables they are made from.

    python -m tests.docs.demo_people

The day the licenses are counted from is any: where they stand is the same on every day.
"""

from collections import Counter
from datetime import date
from itertools import groupby

from api.demo.authorities import AUTHORITIES
from api.demo.licenses import demo_licenses
from api.demo.people import PEOPLE
from api.demo.somebody import DemoPerson, Shows
from api.demo.story import DemoLicense
from licenses.model.lifecycle import Status
from tests.docs.generated import DOCS

PAGE = DOCS / "demo.md"
_ROWS = demo_licenses(date(2026, 11, 23))
_HEAD = """# The people of the demo

This page is made from the code by `python -m tests.docs.demo_people`.

`make run` makes {people} people with {licenses} licenses of {authorities} authorities; everybody
and everything in it is invented, the codes (ISCO-08, Annex V, ISO 3166) are real. A login page
lists those whom the authorities behind it know under the headings below, and folds the others
away. Whatever a license went through was decided by the same services a real authority works with,
by a clerk and two officers of the demo, so its history and its chain of decisions are real.

How the {licenses} stand: {stand}.

Each line says how many licenses of which standing the provider of a country finds; one that was
never issued (pending, refused) has no seal and is not offered.
"""


def demo_page() -> str:
    """Return docs/demo.md whole."""
    counts = Counter(row.stands for row in _ROWS)
    head = _HEAD.format(
        people=len(PEOPLE),
        licenses=len(_ROWS),
        authorities=len(AUTHORITIES),
        stand=", ".join(f"{counts[status]} {status}" for status in Status),
    )
    return head + "".join(_group(shows) for shows in Shows)


def _group(shows: Shows) -> str:
    lines = "".join(_line(one) for one in PEOPLE if one.shows is shows)
    return f"\n## {shows.value}\n\n| who | born | what | where |\n|---|---|---|---|\n{lines}"


def _line(one: DemoPerson) -> str:
    rows = sorted((row for row in _ROWS if row.holder is one), key=_country)
    where = "; ".join(
        f"{country}: {_standings(list(of_country))}"
        for country, of_country in groupby(rows, _country)
    )
    name, born = one.person.current_name.full, one.person.birth_date
    return f"| {name} | {born.isoformat()} | {one.note} | {where or 'nowhere'} |\n"


def _standings(rows: list[DemoLicense]) -> str:
    counts = Counter(row.stands for row in rows)
    return ", ".join(f"{counts[status]} {status}" for status in Status if counts[status])


def _country(row: DemoLicense) -> str:
    return row.authority.authority.country


if __name__ == "__main__":
    PAGE.write_text(demo_page(), encoding="utf-8")
