"""Every page with sample values: (name, view, HTML), for screenshots and for tests over all pages.

The people are invented. A `note` put into every text field makes the samples hostile: what comes
from outside must come out as text, wherever it stands.
"""

from collections.abc import Iterator

from api.web.expect_form import Entered
from api.web.home_pages import (
    AuthorityEntry,
    AuthorityHomeView,
    ProviderEntry,
    SmpHomeView,
    authority_home_page,
    smp_home_page,
)
from api.web.license_cards import license_card, license_sent
from api.web.license_facts import person_facts
from api.web.ncp_pages import (
    AuthorityCards,
    CheckView,
    ChooseView,
    DemoGroup,
    DemoLoginView,
    DemoPerson,
    Ending,
    NoLicensesView,
    RecipientShown,
    SendingView,
    WhoIsAskingView,
    check_page,
    choose_page,
    demo_login_page,
    no_licenses_page,
    sending_page,
    who_is_asking_page,
)
from api.web.notice_pages import (
    NoticeView,
    cancelled_notice,
    error_notice,
    no_results_notice,
    notice_page,
    provider_error_notice,
    recipient_refused_notice,
    unexpected_notice,
)
from api.web.page import Form, Link, Site
from api.web.phrase import foreign
from api.web.smp_pages import (
    ContinueView,
    ExpectView,
    ProviderCountry,
    ProviderOption,
    ProviderView,
    VerifyView,
    continue_page,
    expect_page,
    provider_page,
    smp_step,
    verify_page,
)
from licenses.errors import AlreadyUsed, Expired, FieldFault
from tests.e2e.verdict_samples import (
    FULL,
    LIMITED,
    SUSPENDED,
    ZONE,
    Mark,
    Sample,
    grant,
    hospital,
    person,
    verdict_samples,
)
from tests.factories import IssuerFactory, texts


def samples(note: str = "") -> Iterator[Sample]:
    """Yield every page; `note` is appended to every text that comes from outside."""
    for part in (_home, _holder, _employer, verdict_samples):
        yield from part(lambda text: f"{text}{note}")


def _ncp(mark: Mark) -> Site:
    return Site(
        name=mark("Norwegian License Provider"), about=mark("EMREX data provider (NCP)"), demo=True
    )


def _form(action: str) -> Form:
    return Form(action=action, csrf="Zm9ybS10b2tlbg")


def _home(mark: Mark) -> Iterator[Sample]:
    view = AuthorityHomeView(
        site=_ncp(mark),
        authorities=(
            AuthorityEntry(
                mark("Helsedirektoratet"), "nb", "Norway", (mark("Registered nurse"), "Midwife")
            ),
            AuthorityEntry(mark("Socialstyrelsen"), "sv", "Sweden", ("Medical doctor",)),
            AuthorityEntry(mark("Opetushallitus"), "fi", "Finland", ("Teacher",)),
        ),
        providers=(
            ProviderEntry(
                mark("Norwegian License Provider"), "Norway", "http://localhost:8001/ncp/no"
            ),
            ProviderEntry(
                mark("Swedish License Provider"), "Sweden", "http://localhost:8001/ncp/se"
            ),
        ),
        documents=(
            Link("/openapi.json", "The API (OpenAPI)"),
            Link("/schema/license-1.0.xsd", "The schema of a license"),
        ),
        start=Link("http://127.0.0.1:8002/", "Begin at City Hospital"),
    )
    yield Sample("authority-home", authority_home_page(view))
    empty = AuthorityHomeView(site=_ncp(mark), authorities=(), providers=(), documents=())
    yield Sample("authority-home-empty", authority_home_page(empty))
    smp = SmpHomeView(
        site=hospital(mark),
        start=Link("/smp", "Check a license with the person"),
        verify=Link("/verify", "Check a file"),
        documents=(Link("/openapi.json", "The API (OpenAPI)"),),
    )
    yield Sample("smp-home", smp_home_page(smp))


def _recipient(mark: Mark, *, known: bool = True) -> RecipientShown:
    return RecipientShown(
        name=mark("City Hospital"),
        country="Poland",
        purpose=mark("To check your right to practise before you start work"),
        address="http://127.0.0.1:8002",
        host=mark("127.0.0.1:8002"),
        known=known,
    )


def _holder(mark: Mark) -> Iterator[Sample]:
    site, cancel = _ncp(mark), _form("/ncp/no/cancel")
    asking = WhoIsAskingView(
        site=site,
        recipient=_recipient(mark),
        kept="As long as this purpose needs it. Then the law says it must be deleted.",
        minutes_left=29,
        login=_form("/ncp/no/login"),
        cancel=cancel,
    )
    yield Sample("ncp-1-who-is-asking", who_is_asking_page(asking))
    unknown = WhoIsAskingView(
        site=site,
        recipient=_recipient(mark, known=False),
        kept=asking.kept,
        minutes_left=29,
        login=asking.login,
        cancel=cancel,
    )
    yield Sample("ncp-1-unknown-recipient", who_is_asking_page(unknown))
    people = (
        DemoPerson(
            subject="ingrid",
            name=mark("Ingrid Marie Solberg"),
            birth_date="4 May 1990",
            note=mark("nurse, full license"),
        ),
        DemoPerson(
            subject="bjorn",
            name="Bjørn Åsgård-Lie",
            birth_date="12 Jan 1978",
            note="doctor, suspended",
        ),
        DemoPerson(
            subject="zofia",
            name="Zofia Wiśniewska",
            birth_date="30 Sep 1985",
            note="no license here",
        ),
    )
    login = DemoLoginView(
        site=site,
        recipient=_recipient(mark),
        groups=(
            DemoGroup(anchor="first", heading="Start with one of these", people=people[:1]),
            DemoGroup(anchor="lost", heading="No right now", people=people[1:2]),
        ),
        elsewhere=people[2:],
        minutes_left=29,
        login=_form("/ncp/no/login"),
        cancel=cancel,
    )
    yield Sample("ncp-2-demo-login", demo_login_page(login))
    yield from _choice(mark, cancel)
    yield from _endings(mark)


def _choice(mark: Mark, cancel: Form) -> Iterator[Sample]:
    own = grant(mark)
    midwife = grant(number="HPR 7412339").model_copy(
        update={"titles": texts(nb=mark("Autorisert jordmor"), en=mark("Midwife"))}
    )
    doctor = grant(number="SE 881-20").model_copy(
        update={"titles": texts(sv=mark("Legitimerad läkare"), en="Medical doctor")}
    )
    groups = (
        AuthorityCards(
            name=foreign(mark("Norwegian Directorate of Health"), "en"),
            country="Norway",
            cards=(
                license_card("no/1", own, FULL, zone=ZONE),
                license_card("no/2", midwife, LIMITED, zone=ZONE),
            ),
        ),
        AuthorityCards(
            name=foreign(mark("Socialstyrelsen"), "sv"),
            country="Sweden",
            cards=(license_card("se/1", doctor, SUSPENDED, zone=ZONE),),
        ),
    )
    for name, nothing in (("ncp-3-choose", False), ("ncp-3-choose-nothing-ticked", True)):
        view = ChooseView(
            site=_ncp(mark),
            recipient=_recipient(mark),
            holder=mark("Ingrid Marie Solberg"),
            authorities=groups,
            minutes_left=27,
            choose=_form("/ncp/no/choose"),
            cancel=cancel,
            nothing_ticked=nothing,
        )
        yield Sample(name, choose_page(view))
    issuer = IssuerFactory.build()
    check = CheckView(
        site=_ncp(mark),
        recipient=_recipient(mark),
        person=person_facts(person(mark)),
        licenses=(
            license_sent("no/1", own, issuer, FULL, zone=ZONE),
            license_sent("se/1", doctor, issuer, SUSPENDED, zone=ZONE),
        ),
        back_url="/ncp/no/choose",
        minutes_left=26,
        send=_form("/ncp/no/send"),
        cancel=cancel,
    )
    yield Sample("ncp-4-check", check_page(check))
    none = NoLicensesView(
        site=_ncp(mark),
        recipient=_recipient(mark),
        holder=mark("Zofia Wiśniewska"),
        looked_at=(foreign(mark("Helsedirektoratet"), "nb"),),
        back=_form("/ncp/no/none"),
    )
    yield Sample("ncp-3-no-licenses", no_licenses_page(none))


def _endings(mark: Mark) -> Iterator[Sample]:
    for ending in Ending:
        view = SendingView(
            site=_ncp(mark),
            ending=ending,
            recipient=_recipient(mark),
            target="http://127.0.0.1:8002/smp/return",
            fields=(
                ("sessionId", mark("abc")),
                ("returnCode", "NCP_OK"),
                ("returnMessage", mark("done")),
                ("elmo", "H4sI"),
            ),
            nonce="bm9uY2Utbm9uY2Utbm9u",
        )
        yield Sample(f"ncp-5-{ending}", sending_page(view))
    site = _ncp(mark)
    yield Sample("ncp-refused", notice_page(recipient_refused_notice(site, mark("evil.example"))))
    yield Sample("ncp-expired", notice_page(error_notice(site, Expired("the exchange is over"))))
    yield Sample("ncp-used", notice_page(error_notice(site, AlreadyUsed("the exchange has ended"))))
    yield Sample("unexpected", notice_page(unexpected_notice(site, mark("7f3a"))))


def _employer(mark: Mark) -> Iterator[Sample]:
    site = hospital(mark)
    typed = Entered(
        given=mark("Ingrid Marie"),
        family="",
        birth_day="31",
        birth_month="2",
        birth_year="1990",
        territory="PL",
    )
    faults = (
        FieldFault("family", "missing", "Enter the family name too"),
        FieldFault("birth_date", "not-a-date", "Enter a real date, such as 4 5 1990"),
    )
    yield Sample("smp-1-expect", expect_page(ExpectView(site=site, form=_form("/smp/expect"))))
    wrong = ExpectView(site=site, form=_form("/smp/expect"), entered=typed, faults=faults)
    yield Sample("smp-1-expect-faults", expect_page(wrong))
    yield from _providers(site, typed, mark)


def _providers(site: Site, typed: Entered, mark: Mark) -> Iterator[Sample]:
    countries = (
        ProviderCountry(
            name="Norway",
            providers=(
                ProviderOption(
                    value="no",
                    name=mark("Norwegian License Provider"),
                    institutions=(mark("Helsedirektoratet"),),
                ),
            ),
        ),
        ProviderCountry(
            name="Sweden",
            providers=(
                ProviderOption(value="se", name="Swedish License Provider", available=False),
            ),
        ),
    )
    for name, nothing in (("smp-2-provider", False), ("smp-2-provider-none-chosen", True)):
        view = ProviderView(
            site=site,
            form=_form("/smp/start"),
            countries=countries,
            entered=typed,
            nothing_chosen=nothing,
        )
        yield Sample(name, provider_page(view))
    going = ContinueView(
        site=site,
        provider=mark("Norwegian License Provider"),
        country="Norway",
        target="http://localhost:8001/ncp/no",
        session_id="0a" * 16,
        return_url="http://127.0.0.1:8002/smp/return",
        minutes_left=30,
        cancel=_form("/smp/cancel"),
    )
    yield Sample("smp-3-continue", continue_page(going))
    verify = VerifyView(
        site=site,
        form=_form("/verify"),
        faults=(FieldFault("document", "missing", "Choose a file"),),
    )
    yield Sample("verify", verify_page(verify))
    yield from (Sample(name, notice_page(view)) for name, view in _smp_notices(mark))


def _smp_notices(mark: Mark) -> tuple[tuple[str, NoticeView], ...]:
    site, again, steps = hospital(mark), Link("/smp", "Start again"), smp_step(4)
    provider = mark("Norwegian License Provider")
    return (
        ("smp-4-cancelled", cancelled_notice(site, provider, again, steps)),
        ("smp-4-no-results", no_results_notice(site, provider, again, steps)),
        (
            "smp-4-provider-error",
            provider_error_notice(site, provider, mark("Database down"), again, steps),
        ),
    )
