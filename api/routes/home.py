"""The page at `/` of every server, the files pages need, and the schema at its public address."""

from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles

from api.page_routes import PageRoute, page
from api.receiver_views import START, VERIFY
from api.sites import ProviderSite, ReceiverSite
from api.web.home_pages import (
    AuthorityEntry,
    AuthorityHomeView,
    ProviderEntry,
    SmpHomeView,
    authority_home_page,
    smp_home_page,
)
from api.web.page import STATIC_DIR, Link, Site
from api.web.phrase import localized
from api.web.words import area_name
from licenses.model.authority import Authority
from licenses.model.profession import Profession
from licenses.ports import UnitOfWork
from schema_ext.catalog import LICENSE_XSD

router = APIRouter(route_class=PageRoute, include_in_schema=False)
_API = Link("/openapi.json", "Description of the API (OpenAPI)")
_SCHEMA = Link("/schema/license-1.0.xsd", "The ELMO extension (XML schema)")


def serve_static(app: FastAPI) -> None:
    """Serve the style sheet and the icon as they are."""
    app.mount("/static", StaticFiles(directory=STATIC_DIR), name="static")


def _unit(request: Request) -> UnitOfWork:
    unit: UnitOfWork = request.app.state.container.unit_of_work()
    return unit


@router.get("/")
def home(request: Request, unit: Annotated[UnitOfWork, Depends(_unit)]) -> Response:
    """Say what this server is, and where to begin."""
    site: Site = request.app.state.pages
    receiver: ReceiverSite | None = request.app.state.receiver
    if receiver is not None:
        return page(smp_home_page(_receiver_home(site)))
    with unit as uow:
        kept = [(one, uow.authorities.professions(one.id)) for one in uow.authorities.all()]
    view = AuthorityHomeView(
        site=site,
        authorities=tuple(_authority(*one) for one in kept),
        providers=_providers(request.app.state.provider),
        documents=(_API, _SCHEMA),
        start=_start(request.app.state.provider),
    )
    return page(authority_home_page(view))


@router.get("/schema/license-1.0.xsd")
def license_schema() -> Response:
    """Hand out the schema of the ELMO extension."""
    return Response(LICENSE_XSD.read_bytes(), media_type="application/xml")


def _receiver_home(site: Site) -> SmpHomeView:
    return SmpHomeView(
        site=site,
        start=Link(START, "Check a license with its holder"),
        verify=Link(VERIFY, "Check a file"),
        documents=(_SCHEMA,),
    )


def _authority(authority: Authority, professions: tuple[Profession, ...]) -> AuthorityEntry:
    name = localized(authority.names)
    return AuthorityEntry(
        name=name.text,
        lang=name.lang,
        country=area_name(authority.country),
        professions=tuple(localized(one.titles).text for one in professions),
    )


def _providers(provider: ProviderSite | None) -> tuple[ProviderEntry, ...]:
    entries = () if provider is None else tuple(provider.entries.values())
    return tuple(ProviderEntry(one.name, area_name(one.country), one.url) for one in entries)


def _start(provider: ProviderSite | None) -> Link | None:
    """Return a receiver to try the way with: the first that is registered."""
    smps = () if provider is None else provider.trust.smps()
    if not smps:
        return None
    return Link(smps[0].return_url_prefixes[0].removesuffix("smp/return"), f"Go to {smps[0].name}")
