"""Hypothesis strategy for whole ELMO documents before their signature: any people and licenses.

People are those of `tests.strategies` and some whose name is known in two alphabets, because ELMO
2.0 writes those in another way.
"""

from datetime import UTC, datetime

import hypothesis.strategies as st

from licenses.model.export import Export, ExportedLicense, reports_of
from licenses.model.people import NameType, Person, PersonName
from licenses.model.standing import Because, Level
from licenses.model.verdict import StatusStatement
from schema_ext.elmo_content import ElmoContent
from schema_ext.license_xml import write_license
from tests.factories.people import NAMES
from tests.strategies import codes, days, deliveries, people, seal_contents

_MOMENTS = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001 - hypothesis asks for naive bounds and adds the zone
    datetime(2090, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
_PART = "[A-Za-z0-9_-]{1,9}"
_tokens = st.from_regex(rf"{_PART}\.{_PART}\.{_PART}", fullmatch=True)

_in_two_alphabets = st.builds(
    lambda names, born: Person(
        names=(
            PersonName(given=names[0][0], family=names[0][1]),
            PersonName(given=names[1][0], family=names[1][1], type=NameType.PROFESSIONAL),
        ),
        birth_date=born,
    ),
    st.permutations(NAMES),
    days,
)


@st.composite
def _exported_licenses(draw: st.DrawFn) -> ExportedLicense:
    content, as_of = draw(seal_contents), draw(_MOMENTS)
    statement = StatusStatement(
        seal_id=content.seal_id,
        authority_id=content.issuer.id,
        seal_sha256="0" * 64,
        sealed_at=as_of,
        record_version=content.record_version,
        level=draw(st.sampled_from(Level)),
        because=draw(st.sampled_from(Because)),
        territories=(),
        term_codes=tuple(draw(st.lists(codes, max_size=3))),
        as_of=as_of,
        expires_at=as_of,
    )
    return ExportedLicense(
        content=content,
        sealed=write_license(content),
        statement=statement,
        status_token=draw(_tokens),
    )


elmo_contents = st.builds(
    lambda made, learner, licenses, delivery, transcript: ElmoContent.of(
        Export(generated_at=made, learner=learner, reports=reports_of(licenses), delivery=delivery),
        transcript,
    ),
    _MOMENTS,
    people | _in_two_alphabets,
    st.lists(_exported_licenses(), min_size=1, max_size=3),
    deliveries,
    st.binary(max_size=64),
)
"""One to three licenses of any authorities, in any standing, with a learner of any name."""
