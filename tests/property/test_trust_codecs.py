"""What is written about trust comes back; what is not ours raises our error and no other."""

from contextlib import suppress
from datetime import UTC, timedelta
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from licenses.errors import ConfigurationRefused, DocumentRejected
from licenses.model.authority import Authority, MandateEntry
from licenses.model.standing import Because, Level
from licenses.model.trust import ElmoVersion, Purpose, TrustedAuthority, TrustedSmp
from licenses.model.verdict import StatusStatement
from schema_ext.discovery.emps_file import EmpsCountry, EmpsList, read_emps, write_emps
from schema_ext.discovery.trust_file import read_trust, write_trust
from schema_ext.discovery.trust_form import TrustContent
from schema_ext.status_token import read_status, sign_status
from schema_ext.strict_json import read_object, write_object
from tests import strategies as drawn
from tests.trust_samples import (
    ENDS,
    NOW,
    authority,
    ncp,
    signing_key,
    statement,
    trust_content,
    trusted,
)

ROOT, STATUS_KEY = signing_key(Purpose.TRUST), signing_key(Purpose.STATUS)
SECOND = timedelta(seconds=1)
FEW = settings(max_examples=60, deadline=None)
digests = st.binary(min_size=32, max_size=32).map(bytes.hex)
lives = st.integers(1, 24 * 3600).map(lambda seconds: timedelta(seconds=seconds))
moments = st.datetimes(
    min_value=NOW.replace(tzinfo=None),
    max_value=ENDS.replace(tzinfo=None),
    timezones=st.just(UTC),
)


@st.composite
def statements(draw: st.DrawFn) -> StatusStatement:
    """A statement of the sample authority, its end on a whole second as a token keeps it."""
    as_of = draw(moments)
    ends = as_of + draw(lives)
    return statement(
        seal_id=draw(drawn.public_ids),
        seal_sha256=draw(digests),
        sealed_at=min(draw(moments), as_of),
        record_version=draw(st.integers(1, 10_000)),
        level=draw(st.sampled_from(Level)),
        because=draw(st.sampled_from(Because)),
        territories=tuple(draw(st.lists(st.sampled_from(drawn.AREAS), max_size=5))),
        term_codes=tuple(draw(st.lists(drawn.codes, max_size=5))),
        as_of=as_of,
        expires_at=ends if ends.microsecond == 0 else ends.replace(microsecond=0) + SECOND,
        superseded_by=draw(st.none() | drawn.public_ids),
    )


@given(statements().filter(lambda said: said.expires_at - said.as_of <= timedelta(hours=24)))
@FEW
def test_every_statement_comes_back_as_it_was_signed(said: StatusStatement) -> None:
    token = sign_status(said, STATUS_KEY)

    assert read_status(token, authority(), now=said.as_of) == said
    with pytest.raises(DocumentRejected) as refused:
        read_status(token, authority(), now=said.expires_at)
    assert refused.value.reason == "status-expired"


@given(st.text(max_size=400) | st.from_regex(r"[\w-]{0,90}\.[\w-]{0,90}\.[\w-]{0,90}"))
@FEW
def test_no_garbage_passes_for_a_statement(token: str) -> None:
    with pytest.raises(DocumentRejected) as refused:
        read_status(token, authority(), now=NOW)
    assert refused.value.reason == "status-signature"


authorities = st.builds(
    lambda **fields: TrustedAuthority(
        authority=Authority(**fields),
        keys=(trusted(Purpose.SEAL),),
        status_address="https://a.example/v1/status",
    ),
    id=drawn.uris,
    names=drawn.localized_texts,
    country=st.sampled_from(drawn.COUNTRIES),
    url=drawn.uris,
    time_zone=st.sampled_from(drawn.ZONES),
    mandate=st.lists(
        st.builds(
            MandateEntry,
            profession=drawn.codes,
            territory=st.sampled_from(drawn.AREAS),
            period=drawn.periods,
        ),
        max_size=4,
    ).map(tuple),
)
smps = st.builds(
    TrustedSmp,
    name=drawn.plain_texts,
    country=st.sampled_from(drawn.COUNTRIES),
    purpose=drawn.plain_texts,
    elmo=st.sampled_from(ElmoVersion),
    return_url_prefixes=st.lists(
        st.builds("https://{}.example/{}".format, drawn.public_ids, drawn.public_ids),
        min_size=1,
        max_size=3,
    ).map(tuple),
)


@given(
    authorities,
    st.lists(smps, max_size=3, unique_by=lambda smp: (smp.country, smp.name)),
    st.integers(1, 2**53),
)
@FEW
def test_every_trust_file_comes_back_as_it_was_written(
    listed: TrustedAuthority, receivers: list[TrustedSmp], sequence: int
) -> None:
    ordered = tuple(sorted(receivers, key=lambda smp: (smp.country, smp.name)))
    content: TrustContent = trust_content(sequence=sequence, authorities=(listed,), smps=ordered)

    assert read_trust(write_trust(content, ROOT), root_kid=ROOT.kid, now=NOW).content == content


@given(st.data())
@FEW
def test_no_altered_trust_file_is_read(data: st.DataObject) -> None:
    octets = bytearray(write_trust(trust_content(), ROOT))
    place = data.draw(st.integers(0, len(octets) - 1))
    octets[place] ^= data.draw(st.integers(1, 255))

    # White space around a token of JSON is no content, and base64url has spare bits at its end.
    with suppress(ConfigurationRefused):
        read = read_trust(bytes(octets), root_kid=ROOT.kid, now=NOW)
        assert read.content == trust_content()


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@FEW
def test_garbage_is_neither_a_trust_file_nor_a_list(octets: bytes) -> None:
    with pytest.raises(ConfigurationRefused):
        read_trust(octets, root_kid=ROOT.kid, now=NOW)
    with pytest.raises(ConfigurationRefused):
        read_emps(octets)


@given(
    drawn.plain_texts,
    st.lists(drawn.plain_texts, max_size=4),
    st.from_regex(r"[A-Za-z0-9._~-]{1,30}", fullmatch=True),
)
@FEW
def test_every_list_of_providers_comes_back_as_it_was_written(
    country: str, others: list[str], label: str
) -> None:
    listed = EmpsList(
        countries=(EmpsCountry(code="FI", name=country, single_fetch=True),),
        ncps=(ncp("X", country="FI", institutions=(label, *others), url="https://x.example/ncp"),),
    )

    assert read_emps(write_emps(listed)) == listed


_texts = st.text(st.characters(codec="utf-8"), max_size=20)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | _texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_texts, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), st.integers() | st.booleans()))
@FEW
def test_an_object_written_is_read_back_and_written_the_same(value: dict[str, Any]) -> None:
    octets = write_object(value)

    assert read_object(octets, limit=100_000) == value
    assert write_object(dict(reversed(value.items()))) == octets


@given(st.dictionaries(st.sampled_from(["countries", "emps", "x"]), json_values))
@FEW
def test_any_json_is_read_as_a_list_or_refused(value: dict[str, Any]) -> None:
    with suppress(ConfigurationRefused):
        assert read_emps(write_object(value)).ncps == ()
