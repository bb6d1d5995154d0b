"""From a session of the receiver to its pages: fills the views of `api.web.smp_pages`."""

from api.sites import ReceiverSite
from api.web.expect_form import Entered
from api.web.license_cards import minutes_left
from api.web.notice_pages import (
    NoticeView,
    cancelled_notice,
    no_results_notice,
    provider_error_notice,
)
from api.web.page import Form, Link
from api.web.smp_pages import (
    ContinueView,
    ExpectView,
    ProviderCountry,
    ProviderOption,
    ProviderView,
    VerifyView,
    smp_step,
)
from api.web.verdict_page import Keep, VerdictView
from api.web.verdict_words import verdict_view
from api.web.words import area_name
from licenses.errors import FieldFault
from licenses.model.exchange import EXCHANGE_LIFE, Reception
from licenses.model.trust import TrustedNcp
from licenses.model.verdict import DocumentVerdict, Expectation
from schema_ext.discovery.emps_file import EmpsList, label_of
from schema_ext.exchange.messages import ReturnCode

START, PROVIDER, VERIFY = "/smp/start", "/smp/provider", "/verify"
AGAIN = Link(START, "Start again")


def expect_view(
    receiver: ReceiverSite, csrf: str, entered: Entered, faults: tuple[FieldFault, ...] = ()
) -> ExpectView:
    """Return screen 1: whom do you expect?"""
    return ExpectView(
        site=receiver.site,
        form=Form(action=START, csrf=csrf),
        entered=entered,
        faults=faults,
    )


def provider_view(
    receiver: ReceiverSite, csrf: str, entered: Entered, *, nothing_chosen: bool
) -> ProviderView:
    """Return screen 2: which country, which provider?"""
    emps = receiver.providers()
    return ProviderView(
        site=receiver.site,
        form=Form(action=PROVIDER, csrf=csrf),
        countries=_countries(emps),
        entered=entered,
        nothing_chosen=nothing_chosen,
    )


def continue_view(receiver: ReceiverSite, reception: Reception, csrf: str) -> ContinueView:
    """Return screen 3: on to the provider, and waiting for its answer."""
    return ContinueView(
        site=receiver.site,
        provider=reception.ncp_name,
        country=area_name(reception.ncp_country),
        target=reception.ncp_url,
        session_id=reception.session_id,
        return_url=receiver.return_url,
        minutes_left=minutes_left(reception.created_at + EXCHANGE_LIFE, receiver.clock()),
        cancel=Form(action=f"{_session(reception)}/cancel", csrf=csrf),
    )


def received_verdict_view(
    receiver: ReceiverSite, reception: Reception, verdict: DocumentVerdict
) -> VerdictView:
    """Return screen 4 of a session that brought a document."""
    address = _session(reception)
    return verdict_view(
        verdict,
        site=receiver.site,
        expected=reception.expectation,
        zone=receiver.zone,
        keep=Keep(receipt_url=f"{address}/verdict.json", document_url=f"{address}/received"),
        again=Link(START, "Check another license"),
        steps=smp_step(4),
    )


def handed_in_verdict_view(
    receiver: ReceiverSite, verdict: DocumentVerdict, expected: Expectation
) -> VerdictView:
    """Return the verdict on a file somebody handed in; nothing of it is kept."""
    return verdict_view(
        verdict,
        site=receiver.site,
        expected=expected,
        zone=receiver.zone,
        again=Link(VERIFY, "Check another file"),
    )


def ending_notice(receiver: ReceiverSite, reception: Reception) -> NoticeView:
    """Return the page of a session that brought no document: which ending, and what to do."""
    site, provider, step = receiver.site, reception.ncp_name, smp_step(4)
    if reception.return_code == code_of(ReturnCode.NCP_CANCEL):
        return cancelled_notice(site, provider, AGAIN, step)
    if reception.return_code == code_of(ReturnCode.NCP_NO_RESULTS):
        return no_results_notice(site, provider, AGAIN, step)
    return provider_error_notice(site, provider, "", AGAIN, step)


def verify_view(
    receiver: ReceiverSite, csrf: str, entered: Entered, faults: tuple[FieldFault, ...] = ()
) -> VerifyView:
    """Return the form that checks a file."""
    return VerifyView(
        site=receiver.site, form=Form(action=VERIFY, csrf=csrf), entered=entered, faults=faults
    )


def code_of(code: ReturnCode) -> str:
    """Return a return code as a session keeps it."""
    return code.value.lower().replace("_", "-")


def _countries(emps: EmpsList) -> tuple[ProviderCountry, ...]:
    return tuple(
        ProviderCountry(
            name=country.name,
            providers=tuple(_option(ncp) for ncp in emps.ncps if ncp.country == country.code),
        )
        for country in emps.countries
    )


def _option(ncp: TrustedNcp) -> ProviderOption:
    """Return one provider; lists name it as its own first institution, which tells nobody more."""
    return ProviderOption(
        value=label_of(ncp),
        name=ncp.acronym,
        institutions=tuple(one for one in ncp.institutions if one != ncp.acronym),
    )


def _session(reception: Reception) -> str:
    return f"/smp/session/{reception.session_id}"
