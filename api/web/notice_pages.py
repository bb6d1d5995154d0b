"""Pages that say one thing: what happened, what to do now, and the code to quote.

Every end of an exchange that is not a verdict and every expected failure has its page here, in
words of its own; a failure nobody foresaw has one too.
"""

from dataclasses import dataclass

from api.problems import TooManyRequests
from api.web.page import Link, Site, Steps, render
from api.web.phrase import Phrase, foreign, phrase
from licenses.errors import (
    AlreadyUsed,
    ConfigurationRefused,
    DocumentRejected,
    Expired,
    InvalidRequest,
    LicensingError,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    TooLarge,
    Unavailable,
)


@dataclass(frozen=True, kw_only=True)
class NoticeView:
    """A page with one message: `happened` in sentences, `todo` as a list, `code` stable."""

    site: Site
    title: str
    happened: tuple[Phrase, ...]
    todo: tuple[str, ...]
    code: str = ""
    action: Link | None = None
    steps: Steps | None = None


def notice_page(view: NoticeView) -> str:
    """Return the page of one message."""
    return render("site/notice.html", view, steps=view.steps)


@dataclass(frozen=True)
class _Words:
    title: str
    happened: str
    todo: str


_AGAIN = "Start again from the first page."
# The first kind that fits an error gives its words, so narrow kinds stand before wide ones.
_BY_KIND: tuple[tuple[type[LicensingError], _Words], ...] = (
    (
        Expired,
        _Words(
            "This session has ended",
            "A session lasts 30 minutes, and this one is over. Nothing was sent.",
            _AGAIN,
        ),
    ),
    (
        AlreadyUsed,
        _Words(
            "This session was already used",
            "A session serves once, and its answer has already come.",
            "If you see this page after pressing Back or Reload, the first answer still counts.",
        ),
    ),
    (
        NotFound,
        _Words(
            "There is nothing here",
            "The address is unknown, or it belongs to another browser.",
            "Continue in the browser you began in, or start again.",
        ),
    ),
    (
        NotAuthenticated,
        _Words("Please log in", "This page needs a login, and there is none.", _AGAIN),
    ),
    (
        NotAllowed,
        _Words(
            "This is not allowed",
            "The request came from a place that may not make it. Nothing was changed.",
            "Open the form again on this site and send it from there.",
        ),
    ),
    (
        TooLarge,
        _Words(
            "The file is too large",
            "What was sent is larger than any real document.",
            "Check that you chose the right file.",
        ),
    ),
    (
        DocumentRejected,
        _Words(
            "The document cannot be read",
            "What was sent is not a document this site understands.",
            "Check that you chose the right file, or ask for a new document.",
        ),
    ),
    (
        InvalidRequest,
        _Words(
            "The request cannot be read",
            "Something is missing or was changed on the way. Nothing was sent.",
            "Go back to the page you came from and start again.",
        ),
    ),
    (
        TooManyRequests,
        _Words(
            "Too many requests",
            "This site was asked very often from your address in a short time.",
            "Wait a minute, then go on where you were.",
        ),
    ),
    (
        Unavailable,
        _Words(
            "Not available at the moment",
            "A part this page needs does not answer now. Nothing was half done.",
            "Try again in a few minutes.",
        ),
    ),
    (
        ConfigurationRefused,
        _Words(
            "This site is not set up completely",
            "A setting of this site is missing, so it cannot go on.",
            "Tell the operator of this site and quote the code below.",
        ),
    ),
    (
        LicensingError,
        _Words(
            "This cannot be done",
            "The present state does not allow it. Nothing was changed.",
            _AGAIN,
        ),
    ),
)


def error_notice(site: Site, error: LicensingError, action: Link | None = None) -> NoticeView:
    """Return the page of an expected failure, with its own message where it adds something."""
    words = next(words for kind, words in _BY_KIND if isinstance(error, kind))
    own = str(error)
    detail = (phrase("In detail: ", foreign(own.removesuffix(".")), "."),) if own else ()
    return NoticeView(
        site=site,
        title=words.title,
        happened=(phrase(words.happened), *detail),
        todo=(words.todo,),
        code=error.reason if isinstance(error, DocumentRejected) else error.code,
        action=action or Link(site.home, "Go to the first page"),
    )


def unexpected_notice(site: Site, incident: str) -> NoticeView:
    """Return the page of a failure nobody foresaw; `incident` is the id that stands in the log."""
    return NoticeView(
        site=site,
        title="Something went wrong on our side",
        happened=(phrase("The page could not be made. You did nothing wrong."),),
        todo=("Try again. If it happens again, tell the operator and quote the code below.",),
        code=incident,
        action=Link(site.home, "Go to the first page"),
    )


def recipient_refused_notice(site: Site, host: str) -> NoticeView:
    """Return the NCP's page for a return address that no registered recipient has."""
    return NoticeView(
        site=site,
        title="This recipient is not registered",
        happened=(
            phrase("You were sent here to deliver licenses to ", foreign(host), "."),
            phrase("That address is not on the list of registered recipients. Nothing was sent."),
        ),
        todo=(
            "Do not log in anywhere that address asks you to.",
            "If you expected this, tell the recipient that its return address is not registered.",
        ),
        code="return-url-not-registered",
    )


def cancelled_notice(site: Site, provider: str, again: Link, steps: Steps) -> NoticeView:
    """Return the SMP's page after the holder pressed Cancel at the provider."""
    return NoticeView(
        site=site,
        title="The person cancelled",
        happened=(
            phrase("At ", foreign(provider), ", Cancel was pressed. Nothing was sent to you."),
            phrase("This says nothing about the person’s licenses."),
        ),
        todo=(
            "Ask the person whether it was meant.",
            "If not, start again and let them choose a license.",
        ),
        code="NCP_CANCEL",
        action=again,
        steps=steps,
    )


def no_results_notice(site: Site, provider: str, again: Link, steps: Steps) -> NoticeView:
    """Return the SMP's page after the provider found no license."""
    return NoticeView(
        site=site,
        title="No license was found",
        happened=(
            phrase(foreign(provider), " has no license of the person who logged in."),
            phrase("That does not prove that there is none: it may be kept in another country."),
        ),
        todo=(
            "Ask which authority issued the license, and in which country.",
            "Start again with the provider of that country.",
        ),
        code="NCP_NO_RESULTS",
        action=again,
        steps=steps,
    )


def provider_error_notice(
    site: Site, provider: str, message: str, again: Link, steps: Steps
) -> NoticeView:
    """Return the SMP's page after the provider failed; `message` is the provider's own."""
    said = (phrase("It says: “", foreign(message), "”"),) if message else ()
    return NoticeView(
        site=site,
        title="The provider could not answer",
        happened=(
            phrase("Something failed at ", foreign(provider), ". Nothing was sent to you."),
            *said,
        ),
        todo=(
            "Try again in a few minutes.",
            "If it fails again, ask the person for their license in another way.",
        ),
        code="NCP_ERROR",
        action=again,
        steps=steps,
    )
