"""The employer's side: whom do you expect, which provider, on to the provider.

The verdict at the end is `verdict_page`; every other end is a notice. What was typed stays when
a field is wrong, and the fault stands beside it. Source: pages.md (Exchange, employer's side).
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from api.web.expect_form import Entered
from api.web.page import Form, Site, Steps, render
from api.web.words import country_choices
from licenses.errors import FieldFault
from licenses.model.occupations import OCCUPATIONS

_STEPS = ("Whom you expect", "Provider", "Log in there", "Answer")


def smp_step(number: int) -> Steps:
    """Return the employer's step indicator at `number`, for notices too."""
    return Steps(_STEPS, number)


def error_entries(faults: tuple[FieldFault, ...]) -> tuple[tuple[str, str], ...]:
    """Return where each fault is mended; of a date, at its first input."""
    return tuple(
        ("birth_day" if fault.field == "birth_date" else fault.field, fault.message)
        for fault in faults
    )


@dataclass(frozen=True, kw_only=True)
class ExpectView:
    """Screen 1: the expected person, the work and the place, all of them optional.

    Posts the fields of `expect_form.FIELDS`. `professions` are (ISCO-08 unit group, words).
    """

    site: Site
    form: Form
    entered: Entered = field(default_factory=Entered)
    faults: tuple[FieldFault, ...] = ()
    professions: tuple[tuple[str, str], ...] = tuple(OCCUPATIONS.items())
    countries: tuple[tuple[str, str], ...] = field(default_factory=country_choices)

    @property
    def messages(self) -> dict[str, str]:
        """The fault of each field that has one."""
        return {fault.field: fault.message for fault in self.faults}

    @property
    def summary(self) -> tuple[tuple[str, str], ...]:
        """The id of the input to mend and the message, for the list over the form."""
        return error_entries(self.faults)


@dataclass(frozen=True, kw_only=True)
class ProviderOption:
    """One NCP to choose: `institutions` are whose licenses it carries."""

    value: str
    name: str
    institutions: tuple[str, ...] = ()
    available: bool = True


@dataclass(frozen=True, kw_only=True)
class ProviderCountry:
    """The NCPs of one country."""

    name: str
    providers: tuple[ProviderOption, ...]


@dataclass(frozen=True, kw_only=True)
class ProviderView:
    """Screen 2: country and provider. Posts `provider` with the carried `entered` fields."""

    site: Site
    form: Form
    countries: tuple[ProviderCountry, ...]
    entered: Entered = field(default_factory=Entered)
    chosen: str = ""
    nothing_chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class ContinueView:
    """Screen 3: hand over to the holder, who goes on at the provider.

    Posts `session_id` and `return_url` to `target`, another site: the page needs headers with
    this target. Shown again while the answer is awaited.
    """

    site: Site
    provider: str
    country: str
    target: str
    session_id: str
    return_url: str
    minutes_left: int
    cancel: Form

    @property
    def host(self) -> str:
        """The host of the provider."""
        return urlsplit(self.target).netloc


@dataclass(frozen=True, kw_only=True)
class VerifyView:
    """Check a file: posts multipart with `document` and the fields of `expect_form.FIELDS`."""

    site: Site
    form: Form
    entered: Entered = field(default_factory=Entered)
    faults: tuple[FieldFault, ...] = ()
    professions: tuple[tuple[str, str], ...] = tuple(OCCUPATIONS.items())
    countries: tuple[tuple[str, str], ...] = field(default_factory=country_choices)

    @property
    def messages(self) -> dict[str, str]:
        """The fault of each field that has one."""
        return {fault.field: fault.message for fault in self.faults}

    @property
    def summary(self) -> tuple[tuple[str, str], ...]:
        """The id of the input to mend and the message, for the list over the form."""
        return error_entries(self.faults)


def expect_page(view: ExpectView) -> str:
    """Return the first question: whom do you expect?"""
    return render("smp/expect.html", view, steps=smp_step(1))


def provider_page(view: ProviderView) -> str:
    """Return the choice of country and provider."""
    return render("smp/provider.html", view, steps=smp_step(2))


def continue_page(view: ContinueView) -> str:
    """Return the page that leads on to the provider, and waits."""
    return render("smp/continue.html", view, steps=smp_step(3))


def verify_page(view: VerifyView) -> str:
    """Return the form that checks a file."""
    return render("smp/verify.html", view)
