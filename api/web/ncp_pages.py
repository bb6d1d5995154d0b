"""The holder's five screens at a data provider (NCP), and what stands beside them.

Who is asking, log in, your licenses, check what will be sent, sending. Every screen has Cancel,
says how long is left, and posts; nothing personal is ever in an address. What happens between
the screens is the routes' business. Source: pages.md (Exchange, holder's side).
"""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from api.web.license_cards import LicenseCard, LicenseSent
from api.web.page import Fact, Form, Site, Steps, render
from api.web.phrase import Part
from api.web.security import origin_of
from api.web.words import area_name
from licenses.model.exchange import Recipient

_STEPS = ("Who is asking", "Log in", "Your licenses", "Check", "Send")


@dataclass(frozen=True, kw_only=True)
class RecipientShown:
    """Who asks: `host` is the one thing that cannot be made up; `known` means registered."""

    name: str
    country: str
    purpose: str
    address: str
    host: str
    known: bool = True


def recipient_shown(recipient: Recipient, *, known: bool = True) -> RecipientShown:
    """Return the recipient as the pages name it; the host is read off the return address."""
    return RecipientShown(
        name=recipient.name,
        country=area_name(recipient.country),
        purpose=recipient.purpose,
        address=origin_of(recipient.return_url),
        host=urlsplit(recipient.return_url).netloc,
        known=known,
    )


@dataclass(frozen=True, kw_only=True)
class WhoIsAskingView:
    """Screen 1. `kept` says how long the recipient may keep what it gets, as a sentence."""

    site: Site
    recipient: RecipientShown
    kept: str
    minutes_left: int
    login: Form
    cancel: Form


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    """One person of the demo world; `note` says what trying them shows."""

    subject: str
    name: str
    birth_date: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DemoGroup:
    """People under one heading; `anchor` is the id the list of headings leads to."""

    anchor: str
    heading: str
    people: tuple[DemoPerson, ...]


@dataclass(frozen=True, kw_only=True)
class DemoLoginView:
    """Screen 2 of the demo: people by what they show. Posts `subject`.

    `elsewhere` are those whom no authority asked here knows; they are listed folded away.
    """

    site: Site
    recipient: RecipientShown
    groups: tuple[DemoGroup, ...]
    elsewhere: tuple[DemoPerson, ...]
    minutes_left: int
    login: Form
    cancel: Form


@dataclass(frozen=True, kw_only=True)
class AuthorityCards:
    """The licenses of one authority."""

    name: Part
    country: str
    cards: tuple[LicenseCard, ...]


@dataclass(frozen=True, kw_only=True)
class ChooseView:
    """Screen 3. Posts `license` once a tick; `nothing_ticked` shows the fault of an empty choice.

    The first tick bears the id the error summary leads to.
    """

    site: Site
    recipient: RecipientShown
    holder: str
    authorities: tuple[AuthorityCards, ...]
    minutes_left: int
    choose: Form
    cancel: Form
    nothing_ticked: bool = False


@dataclass(frozen=True, kw_only=True)
class CheckView:
    """Screen 4, the consent. Posts every `license` again, and `recipient` (its address).

    The consent is of the very list that is shown: the route compares it with what was chosen.
    """

    site: Site
    recipient: RecipientShown
    person: tuple[Fact, ...]
    licenses: tuple[LicenseSent, ...]
    back_url: str
    minutes_left: int
    send: Form
    cancel: Form


class Ending(StrEnum):
    """How an exchange ends at the NCP; decides the words of the sending page."""

    SENT = "sent"
    CANCELLED = "cancelled"
    NO_RESULTS = "no-results"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class SendingView:
    """Screen 5: the answer on its way. `fields` are (name, value) in the order they are posted.

    `target` is the return address; the page needs headers with this nonce and this target.
    """

    site: Site
    ending: Ending
    recipient: RecipientShown
    target: str
    fields: tuple[tuple[str, str], ...]
    nonce: str


@dataclass(frozen=True, kw_only=True)
class NoLicensesView:
    """Nothing was found. `back` posts and leads to the sending page with NCP_NO_RESULTS."""

    site: Site
    recipient: RecipientShown
    holder: str
    looked_at: tuple[Part, ...]
    back: Form


def who_is_asking_page(view: WhoIsAskingView) -> str:
    """Return screen 1; for an unregistered recipient it is a full-page warning."""
    return render("ncp/who_is_asking.html", view, steps=_step(1))


def demo_login_page(view: DemoLoginView) -> str:
    """Return the demo's login: anybody may be anybody, and the page says so."""
    return render("ncp/demo_login.html", view, steps=_step(2))


def choose_page(view: ChooseView) -> str:
    """Return the holder's licenses, grouped by authority."""
    return render("ncp/choose.html", view, steps=_step(3))


def check_page(view: CheckView) -> str:
    """Return what will be sent, field by field, and to whom."""
    return render("ncp/check.html", view, steps=_step(4))


def sending_page(view: SendingView) -> str:
    """Return the page that posts the answer, by itself or by its button."""
    return render("ncp/sending.html", view, steps=_step(5))


def no_licenses_page(view: NoLicensesView) -> str:
    """Return the page that says nothing was found and what that can mean."""
    return render("ncp/no_licenses.html", view, steps=_step(3))


def _step(number: int) -> Steps:
    return Steps(_STEPS, number)
