"""Wire ports to adapters: from the settings of one installation to its finished application.

The only place besides `licenses.storage` that knows the database, and the only one that opens
keys. What is missing or unsafe stops the start with a sentence (ConfigurationRefused).
"""

import logging
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple

from fastapi import FastAPI
from uuid6 import uuid7

from api.authority_file import AuthorityFile, read_authority
from api.clients.status import StatusClient
from api.container import Container
from api.housekeeping import Housekeeping
from api.login import DemoIdentityProvider
from api.main import AUTHORITY_ROUTERS, create_app
from api.own_keys import OwnKeys
from api.page_routes import refused_answer, show_pages_nobody_has, unexpected_answer
from api.rate_limit import RateLimiter
from api.routes import home, ncp, smp, verify
from api.secret_files import secret_from
from api.settings import SiteSettings
from api.sites import ProviderSite, ReceiverSite
from api.verify_pool import PooledVerifier
from api.web.page import Site
from licenses.errors import ConfigurationRefused
from licenses.model.exchange import EXCHANGE_LIFE
from licenses.model.trust import Purpose, TrustSource
from licenses.ports import DocumentVerifier, Ids, Office, ProviderDesk, ReceiverDesk, UnitOfWork
from licenses.services.receive import KEPT
from licenses.storage import (
    SqlUnitOfWork,
    Vault,
    bind_vault,
    load_master_key,
    open_engine,
    upgrade,
)
from schema_ext.carrying import ElmoCarrier
from schema_ext.discovery.emps_source import EmpsFileSource
from schema_ext.discovery.trust_source import TrustFileSource
from schema_ext.documents import Surroundings, Verifier
from schema_ext.exchange.messages import MAX_REQUEST, MAX_RESPONSE
from schema_ext.sealing import LicenseSealer, StatusKeys
from schema_ext.signing.keys import SigningKey
from schema_ext.status_finding import StatusAsker
from schema_ext.validation import check_elmo_folder

_LOG = logging.getLogger(__name__)
_UPLOAD_CAP = 11 * 2**20
_BODY_CAPS = {"/ncp/": MAX_REQUEST, "/smp/return": MAX_RESPONSE, "/verify": _UPLOAD_CAP}


class Kept(NamedTuple):
    """What one installation keeps: its register, and the authorities in it with their files."""

    unit_of_work: Callable[[], UnitOfWork]
    vault: Vault
    authorities: dict[str, AuthorityFile]
    clock: Callable[[], datetime]
    ids: Ids
    snapshot: Callable[[], UnitOfWork]


def now() -> datetime:
    """Return the present instant in UTC."""
    return datetime.now(UTC)


def new_ids() -> Ids:
    """Return where ids come from: UUIDv7 for records, 128 random bits for what is public."""
    return Ids(record=uuid7, public=lambda: secrets.token_hex(16))


def open_register(settings: SiteSettings, clock: Callable[[], datetime] = now) -> Kept:
    """Open and upgrade the database, and bring the authorities in it up to their files."""
    vault = Vault(load_master_key(settings.at(settings.secrets) / "master.key"))
    engine = open_engine(f"sqlite:///{settings.at(settings.database)}")
    upgrade(engine)
    bind_vault(engine, vault)
    authorities = {path.stem: read_authority(settings.at(path)) for path in settings.authorities}
    kept = Kept(
        unit_of_work=lambda: SqlUnitOfWork(engine, vault),
        vault=vault,
        authorities=authorities,
        clock=clock,
        ids=new_ids(),
        snapshot=lambda: SqlUnitOfWork(engine, vault, writes=False),
    )
    with kept.unit_of_work() as uow:
        for file in authorities.values():
            uow.authorities.put(file.authority)
            for profession in file.professions:
                uow.authorities.put_profession(file.authority.id, profession)
        uow.commit()
    return kept


def own_keys(settings: SiteSettings) -> OwnKeys:
    """Return the key folders of one installation, none of them opened yet."""
    passphrase = settings.at(settings.secrets) / "passphrase"
    return OwnKeys(settings.at(settings.keys), lambda: secret_from(passphrase).decode().strip())


def open_office(settings: SiteSettings, kept: Kept, keys: OwnKeys) -> Office:
    """Return the desk decisions are made at, with the seal key of each authority."""
    return Office(
        unit_of_work=kept.unit_of_work,
        clock=kept.clock,
        ids=kept.ids,
        sealer=LicenseSealer(_authority_keys(keys, kept, Purpose.SEAL)),
        keyed_digest=lambda octets: kept.vault.keyed_hash("request", octets.hex()),
        status_address=lambda seal_id: f"{settings.origin}/v1/status/{seal_id}",
    )


def application(
    settings: SiteSettings,
    clock: Callable[[], datetime] = now,
    asker: StatusClient | None = None,
    *,
    pooled: bool = False,
) -> FastAPI:
    """Return the application of one installation: authorities, providers, receiver, pages.

    Args:
        settings: as `api.settings.read_site` returned them.
        clock: gives the instant to everything in the application.
        asker: asks authorities how a license stands; over HTTP unless another is given.
        pooled: verify large documents in a process of their own, by the system's clock.
    """
    kept = open_register(settings, clock)
    keys = own_keys(settings)
    office = open_office(settings, kept, keys)
    trust = _trust(settings, kept.clock)
    signer = StatusKeys(_authority_keys(keys, kept, Purpose.STATUS))
    container = Container(
        office=office,
        status_signer=signer,
        status_limiter=_limiter(settings.status_per_minute),
        body_caps=_BODY_CAPS,
        snapshot=kept.snapshot,
    )
    near = verifier_of(settings, trust, kept.clock, (asker or StatusClient()).ask)
    pool = _pooled(near, settings) if pooled and settings.smp is not None else None
    app = create_app(
        container,
        (*AUTHORITY_ROUTERS, home.router, ncp.router, smp.router, verify.router),
        unexpected=unexpected_answer,
        refused=refused_answer,
        running=(Housekeeping(partial(_let_go, kept)), *(() if pool is None else (pool,))),
    )
    show_pages_nobody_has(app)
    home.serve_static(app)
    app.state.page_limiter = _limiter(settings.pages_per_minute)
    app.state.pages = Site(name=settings.name, about=_ABOUT, demo=settings.demo)
    app.state.provider = _provider(
        settings, kept, keys, signer=signer, trust=trust, site=app.state.pages
    )
    app.state.receiver = _receiver(settings, kept, pool or near, app.state.pages)
    return app


def verifier_of(
    settings: SiteSettings, trust: TrustSource, clock: Callable[[], datetime], ask: StatusAsker
) -> Verifier:
    """Return the verifier of an installation: its trust files, its clock, whom it may ask."""
    providers = EmpsFileSource(settings.at(settings.network.emps), on_refusal=_refused)
    official = None if settings.elmo_schema is None else settings.at(settings.elmo_schema)
    check_elmo_folder(official)
    legacy = tuple(record.partner() for record in settings.legacy)
    return Verifier(Surroundings(clock, trust, lambda: providers().ncps, ask, official, legacy))


def _pooled(near: Verifier, settings: SiteSettings) -> PooledVerifier:
    return PooledVerifier(near, partial(_verifier_of_a_worker, settings), now)


def _let_go(kept: Kept) -> None:
    """Drop what the exchanges and sessions that are over still hold."""
    with kept.unit_of_work() as uow:
        uow.exchanges.drop_persons(kept.clock() - EXCHANGE_LIFE)
        uow.receptions.drop(kept.clock() - KEPT)
        uow.commit()


def _verifier_of_a_worker(settings: SiteSettings) -> Verifier:
    return verifier_of(settings, _trust(settings, now), now, StatusClient().ask)


_ABOUT = "Professional licenses over EMREX"


def _provider(
    settings: SiteSettings,
    kept: Kept,
    keys: OwnKeys,
    *,
    signer: StatusKeys,
    trust: TrustSource,
    site: Site,
) -> ProviderSite | None:
    if not settings.ncp:
        return None
    if not settings.demo:
        raise ConfigurationRefused(
            "A data provider needs a login; the built-in page is for a demo only (demo = true)."
        )
    return ProviderSite(
        site=site,
        desk=ProviderDesk(
            kept.unit_of_work, kept.clock, kept.ids, _carrier(settings, kept, keys), signer
        ),
        entries={entry.slug: entry for entry in settings.providers},
        authorities={file.authority.id: file.authority for file in kept.authorities.values()},
        trust=trust,
        identity=DemoIdentityProvider(),
        secure_cookies=_secure(settings),
    )


def _receiver(
    settings: SiteSettings, kept: Kept, verifier: DocumentVerifier, site: Site
) -> ReceiverSite | None:
    if settings.smp is None:
        return None
    desk = ReceiverDesk(
        kept.unit_of_work, kept.clock, kept.ids, verifier, settings.smp.name, settings.origin
    )
    return ReceiverSite(
        site=site,
        desk=desk,
        providers=EmpsFileSource(settings.at(settings.network.emps), on_refusal=_refused),
        verifier=verifier,
        return_url=f"{settings.origin}/smp/return",
        country=settings.smp.country,
        zone=settings.smp.time_zone,
        secure_cookies=_secure(settings),
    )


def _trust(settings: SiteSettings, clock: Callable[[], datetime]) -> TrustSource:
    return TrustFileSource(
        settings.at(settings.network.trust),
        settings.network.trust_root,
        clock,
        on_refusal=_refused,
    )


def _refused(refusal: ConfigurationRefused) -> None:
    _LOG.error("%s", refusal)


def _carrier(settings: SiteSettings, kept: Kept, keys: OwnKeys) -> ElmoCarrier:
    owners = {one.slug: f"ncp-{one.slug}" for one in settings.ncp}
    loaded = keys.load(owners, Purpose.NCP, kept.clock())
    return ElmoCarrier(loaded, {one.slug: one.shown_as for one in settings.ncp})


def _limiter(per_minute: int) -> RateLimiter:
    return RateLimiter(per_second=per_minute / 60, burst=per_minute, clock=time.monotonic)


def _authority_keys(keys: OwnKeys, kept: Kept, purpose: Purpose) -> dict[str, SigningKey]:
    owners = {file.authority.id: slug for slug, file in kept.authorities.items()}
    return keys.load(owners, purpose, kept.clock())


def _secure(settings: SiteSettings) -> bool:
    return settings.origin.startswith("https:")
