"""The page at `/` of each site: what this is, what can be tried, and where the API is described."""

from dataclasses import dataclass

from api.web.page import Link, Site, render


@dataclass(frozen=True)
class AuthorityEntry:
    """One authority of this server: name and its language, country, and how many professions."""

    name: str
    lang: str
    country: str
    professions: tuple[str, ...]


@dataclass(frozen=True)
class ProviderEntry:
    """One NCP of this server: its name, country and the address a client posts to."""

    name: str
    country: str
    address: str


@dataclass(frozen=True, kw_only=True)
class AuthorityHomeView:
    """The authorities' site: who issues here, through which providers, and how to try it.

    `start` leads to a recipient's site where the way can be tried; None where none is known.
    """

    site: Site
    authorities: tuple[AuthorityEntry, ...]
    providers: tuple[ProviderEntry, ...]
    documents: tuple[Link, ...]
    start: Link | None = None


@dataclass(frozen=True, kw_only=True)
class SmpHomeView:
    """The recipient's site: check a license with its holder, or check a file."""

    site: Site
    start: Link
    verify: Link
    documents: tuple[Link, ...] = ()


def authority_home_page(view: AuthorityHomeView) -> str:
    """Return the first page of the authorities' site."""
    return render("site/authority_home.html", view)


def smp_home_page(view: SmpHomeView) -> str:
    """Return the first page of the recipient's site."""
    return render("site/smp_home.html", view)
