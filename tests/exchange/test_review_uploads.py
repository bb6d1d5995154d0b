"""What a review of the upload found: a form may not choose how its texts are decoded."""

import pytest

from tests.exchange.browser import Browser
from tests.exchange.test_uploads import MULTIPART, VERIFY, multipart


@pytest.mark.parametrize("charset", ["punycode", "utf-7", "undefined", "raw_unicode_escape"])
def test_a_form_in_an_encoding_of_its_own_is_refused_in_words(
    browser: Browser, charset: str
) -> None:
    csrf = browser.get(VERIFY).form("/verify").value("csrf")
    body = multipart(b"<a/>", ("csrf", csrf), ("given", "+2AA-\\ud800"))

    answer = browser.post_body(VERIFY, body, f"{MULTIPART}; charset={charset}")

    assert answer.status == 400
    assert "The form cannot be read." in answer.text
