"""What goes out comes back, and garbage raises our error and no other."""

import string
from contextlib import suppress
from urllib.parse import quote, urlencode

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from licenses.errors import InvalidFields, InvalidRequest, MalformedDocument
from schema_ext.caps import check_caps
from schema_ext.exchange.elmo_parameter import decode_elmo, encode_elmo
from schema_ext.exchange.messages import (
    ExchangeRequest,
    ExchangeResponse,
    ReturnCode,
    form_fields,
    read_request,
    read_response,
)
from schema_ext.exchange.return_url import parse_return_url
from schema_ext.parsing import parse

_printable = st.text(st.characters(codec="utf-8").filter(str.isprintable), max_size=256)
_session_ids = _printable.filter(bool)
_markup = st.lists(
    st.sampled_from(
        [
            "<a>",
            "</a>",
            "<a/>",
            "<b c='d'>",
            "</b>",
            "<!-- x -->",
            "<![CDATA[<a>]]>",
            "&amp;",
            "&#9;",
            "<a xmlns='urn:x'>",
            "<p:a/>",
            " xmlns:p='urn:y'",
            "text",
            "é",
            "<",
            ">",
            "'",
            "]]>",
            "--",
        ]
    ),
    max_size=20,
).map(lambda pieces: ("<a>" + "".join(pieces) + "</a>").encode())


@given(st.binary(max_size=4096))
def test_what_is_encoded_comes_back_byte_for_byte(document: bytes) -> None:
    assert decode_elmo(encode_elmo(document)) == document


@given(st.binary(max_size=512))
def test_a_field_survives_a_form_that_did_not_encode_its_plus(document: bytes) -> None:
    body = b"sessionId=s&returnCode=NCP_OK&elmo=" + encode_elmo(document).encode()

    assert decode_elmo(read_response(body).elmo) == document


@given(st.text(max_size=4096) | st.text(string.ascii_letters + "+/= \n", max_size=400))
def test_a_garbage_field_raises_our_error_and_no_other(parameter: str) -> None:
    with suppress(MalformedDocument):
        decode_elmo(parameter)


@given(st.binary(max_size=200), st.integers(0, 10_000), st.integers(1, 255))
def test_a_damaged_field_never_yields_another_document(
    document: bytes, place: int, flip: int
) -> None:
    field = bytearray(encode_elmo(document).encode())
    field[place % len(field)] ^= flip

    with suppress(MalformedDocument):
        assert decode_elmo(field.decode("latin-1")) == document


@given(_session_ids, st.text(min_size=1, max_size=300))
def test_a_request_comes_back_as_it_was_sent(session_id: str, letters: str) -> None:
    request = ExchangeRequest(
        session_id=session_id, return_url="https://smp.example/" + quote(letters, safe="")
    )
    body = urlencode({"sessionId": request.session_id, "returnUrl": request.return_url}).encode()

    if len(request.return_url) <= 2048:
        assert read_request(body) == request


@given(_session_ids, st.sampled_from(ReturnCode), _printable, st.binary(max_size=200))
def test_a_response_comes_back_as_it_was_written(
    session_id: str, code: ReturnCode, message: str, document: bytes
) -> None:
    response = ExchangeResponse(
        session_id=session_id,
        return_code=code,
        return_message=message,
        elmo=encode_elmo(document),
    )

    assert read_response(urlencode(form_fields(response)).encode()) == response


@given(st.binary(max_size=400) | st.text("sesionIdrtuUlCOK_&=%+0a", max_size=100).map(str.encode))
def test_a_garbage_form_raises_our_error_and_no_other(body: bytes) -> None:
    with suppress(InvalidRequest):
        read_request(body)
    with suppress(InvalidRequest):
        read_response(body)


@given(
    st.text(max_size=100)
    | st.text("htps:/.@[]#?%\\2eFx01a-", max_size=60).map(lambda rest: "https://" + rest)
)
def test_a_url_that_is_read_has_one_meaning(text: str) -> None:
    with suppress(InvalidFields):
        url = parse_return_url(text)

        assert url.matches(url.origin)
        again = parse_return_url(url.origin + url.path + ("?" + url.query if url.query else ""))
        assert (again.origin, again.path, again.query) == (url.origin, url.path, url.query)


@given(st.binary(max_size=300) | _markup)
def test_a_garbage_document_raises_our_error_and_no_other(document: bytes) -> None:
    with suppress(MalformedDocument):
        etree.tostring(parse(document), method="c14n")


@given(_markup)
def test_the_caps_refuse_nothing_that_is_well_formed_and_small(document: bytes) -> None:
    try:
        etree.fromstring(document, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return

    check_caps(document)
