"""Make the demo world: two sites with their keys, the network between them, and the licenses.

    <folder>/network/    trust.json, trust-root, emps.json: all that the two sites share
    <folder>/north/      six authorities and four providers, http://localhost:8001
    <folder>/hospital/   a hospital's receiver, http://127.0.0.1:8002, without any key

Everything is made by the real services and the real keys; only the clock is told, so that a
license can be ten years old. Made once; a second run keeps what is there. A run that was cut
short leaves no `complete` file and is begun anew; nothing is removed but what bears our mark.
"""

import json
import os
import secrets
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple, TypeVar

from api.authority_file import AuthorityFile
from api.demo.authorities import AUTHORITIES, DemoAuthority
from api.demo.register import Progress, fill_register
from api.own_keys import OwnKeys
from api.settings import read_site
from licenses.errors import ConfigurationRefused
from licenses.model.trust import Purpose, TrustedAuthority, TrustedNcp, TrustedSmp
from licenses.storage import create_master_key
from schema_ext.discovery.emps_file import EmpsCountry, EmpsList, write_emps
from schema_ext.discovery.trust_file import write_trust
from schema_ext.discovery.trust_form import TrustContent
from schema_ext.signing.keys import SigningKey, published

NORTH_PORT, HOSPITAL_PORT = 8001, 8002
_KEYS_SINCE = datetime(1996, 1, 1, tzinfo=UTC)
_PARTS = ("north", "hospital", "network")
_EDITION = "2"
"""Counts up when people or licenses are added; 1 left no such file."""
_Owner = TypeVar("_Owner")
_Made = TypeVar("_Made")


class _Provider(NamedTuple):
    slug: str
    acronym: str
    name: str
    country: str
    country_name: str


_PROVIDERS = (
    _Provider("no", "DEMO-NO", "Norway's demo provider (DEMO-NO)", "NO", "Norway"),
    _Provider("se", "DEMO-SE", "Sweden's demo provider (DEMO-SE)", "SE", "Sweden"),
    _Provider("pl", "DEMO-PL", "Poland's demo provider (DEMO-PL)", "PL", "Poland"),
    _Provider("fi", "DEMO-FI", "Finland's demo provider (DEMO-FI)", "FI", "Finland"),
)


class Ports(NamedTuple):
    """Where the two sites listen."""

    north: int = NORTH_PORT
    hospital: int = HOSPITAL_PORT

    @property
    def north_origin(self) -> str:
        """The site of the authorities; another host name than the hospital's on purpose."""
        return f"http://localhost:{self.north}"

    @property
    def hospital_origin(self) -> str:
        """The hospital's site."""
        return f"http://127.0.0.1:{self.hospital}"


class World(NamedTuple):
    """The site files of a demo world."""

    north: Path
    hospital: Path


def _silent(_made: int, _of: int) -> None:
    """Tell nobody."""


def make_world(
    folder: Path,
    now: datetime,
    ports: Ports = Ports(),  # noqa: B008 - frozen
    progress: Progress = _silent,
) -> World:
    """Make the demo world under `folder`, or return the one that is there.

    Args:
        folder: where it is kept.
        now: the day its licenses are counted from.
        ports: where the two sites are to listen.
        progress: told how many licenses of how many are made.

    Raises:
        ConfigurationRefused: the world there is for other ports, which stand in its seals and
            trust files; or the folder holds something that is not ours.
    """
    world = World(folder / "north" / "site.toml", folder / "hospital" / "site.toml")
    complete, begun = folder / "complete", folder / "begun"
    wanted = json.dumps(ports)
    if complete.is_file():
        _require_same(complete, wanted, folder)
        return world
    if any((folder / part).exists() for part in _PARTS) and not begun.is_file():
        raise ConfigurationRefused(f"{folder} holds something else; choose another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    begun.touch()
    for part in _PARTS:
        shutil.rmtree(folder / part, ignore_errors=True)
    north = _make_network(folder, now, ports)
    fill_register(read_site(world.north), north, now, progress)
    (folder / "edition").write_text(_EDITION, encoding="ascii")
    complete.write_text(wanted, encoding="utf-8")
    return world


def is_of_another_edition(folder: Path) -> bool:
    """Say whether the complete world in `folder` has other people than this program makes."""
    edition = folder / "edition"
    return not edition.is_file() or edition.read_text(encoding="ascii") != _EDITION


def _require_same(complete: Path, wanted: str, folder: Path) -> None:
    made_for = complete.read_text(encoding="utf-8")
    if made_for != wanted:
        raise ConfigurationRefused(
            f"The demo world in {folder} was made for the ports {made_for}, not {wanted}. Choose"
            " those ports, or another folder: --folder."
        )


def _make_network(folder: Path, now: datetime, ports: Ports) -> OwnKeys:
    """Make all but the licenses; return the key folders of the authorities' site."""
    until = now + timedelta(days=365 * 2)
    secret_of = {part: _make_secrets(folder / part) for part in ("north", "hospital")}
    north = KeyMaker(folder / "north" / "keys", secret_of["north"], until)
    network = KeyMaker(folder / "network" / "keys", secrets.token_urlsafe(32), until)
    root = network.make("trust", Purpose.TRUST, "Demo network")
    trust = _trust(north, now, ports)
    (folder / "network" / "trust.json").write_bytes(write_trust(trust, root))
    (folder / "network" / "trust-root").write_text(f"{root.kid}\n", encoding="ascii")
    (folder / "network" / "emps.json").write_bytes(write_emps(_emps(north, ports)))
    _write_authorities(folder / "north")
    _write_site(folder / "north", _north_site(ports, root.kid))
    _write_site(folder / "hospital", _hospital_site(ports, root.kid))
    return north.keys


class KeyMaker:
    """Makes the keys of one site, each owner in a folder of its own."""

    def __init__(self, folder: Path, passphrase: str, until: datetime) -> None:
        self.keys = OwnKeys(folder, lambda: passphrase)
        self._until = until

    def make(self, owner: str, purpose: Purpose, subject: str) -> SigningKey:
        """Make and keep a key."""
        return self.keys.of(owner).create(purpose, subject, _KEYS_SINCE, self._until)


def _make_secrets(folder: Path) -> str:
    """Write the passphrase and the master key of a site; return the passphrase."""
    inside = folder / "secrets"
    inside.mkdir(mode=0o700, parents=True)
    passphrase = secrets.token_urlsafe(32)
    with os.fdopen(
        os.open(inside / "passphrase", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w"
    ) as opened:
        opened.write(passphrase)
    create_master_key(inside / "master.key")
    return passphrase


def _trust(north: KeyMaker, now: datetime, ports: Ports) -> TrustContent:
    receiver = TrustedSmp(
        name="City Hospital",
        country="PL",
        purpose="Employment: may this person do this work here?",
        return_url_prefixes=(f"{ports.hospital_origin}/smp/return",),
    )
    return TrustContent(
        sequence=1,
        issued=now,
        expires=now + timedelta(days=365),
        authorities=_at_once(lambda one: _listed(one, north, ports), AUTHORITIES),
        smps=(receiver,),
    )


def _listed(one: DemoAuthority, north: KeyMaker, ports: Ports) -> TrustedAuthority:
    subject = one.authority.names[-1].text[:64]
    keys = [north.make(one.slug, purpose, subject) for purpose in (Purpose.SEAL, Purpose.STATUS)]
    return TrustedAuthority(
        authority=one.authority,
        keys=tuple(published(key) for key in keys),
        status_address=f"{ports.north_origin}/v1/status/",
    )


def _emps(north: KeyMaker, ports: Ports) -> EmpsList:
    return EmpsList(
        countries=tuple(
            EmpsCountry(code=one.country, name=one.country_name, single_fetch=False)
            for one in _PROVIDERS
        ),
        ncps=_at_once(lambda one: _provider(one, north, ports), _PROVIDERS),
    )


def _provider(one: _Provider, north: KeyMaker, ports: Ports) -> TrustedNcp:
    return TrustedNcp(
        acronym=one.acronym,
        country=one.country,
        institutions=(one.acronym, *_authority_names(one.country)),
        url=f"{ports.north_origin}/ncp/{one.slug}",
        key=published(north.make(f"ncp-{one.slug}", Purpose.NCP, one.name)),
    )


def _at_once(make: Callable[[_Owner], _Made], owners: Sequence[_Owner]) -> tuple[_Made, ...]:
    """Do for all owners at once what mostly makes keys: that is slow, and needs no other."""
    with ThreadPoolExecutor() as pool:
        return tuple(pool.map(make, owners))


def _authority_names(country: str) -> tuple[str, ...]:
    """Return the English names of a country's authorities."""
    return tuple(
        one.authority.names[-1].text for one in AUTHORITIES if one.authority.country == country
    )


def _write_authorities(folder: Path) -> None:
    for one in AUTHORITIES:
        file = AuthorityFile(authority=one.authority, professions=one.professions)
        (folder / f"{one.slug}.json").write_text(file.model_dump_json(indent=2), encoding="utf-8")


def _write_site(folder: Path, site: str) -> None:
    (folder / "site.toml").write_text(site, encoding="utf-8")


def _north_site(ports: Ports, root: str) -> str:
    authorities = ", ".join(f'"{one.slug}.json"' for one in AUTHORITIES)
    providers = "".join(
        f'[[ncp]]\nslug = "{one.slug}"\nacronym = "{one.acronym}"\nname = "{one.name}"\n'
        f'country = "{one.country}"\nauthorities = [{_ids(one.country)}]\n'
        for one in _PROVIDERS
    )
    return (
        _common("Demo authorities and providers", ports.north_origin, ports.north)
        + f"authorities = [{authorities}]\n{_network(root)}{providers}"
    )


def _ids(country: str) -> str:
    """Return the ids of a country's authorities as items of a TOML array."""
    return ", ".join(
        f'"{one.authority.id}"' for one in AUTHORITIES if one.authority.country == country
    )


def _hospital_site(ports: Ports, root: str) -> str:
    smp = '[smp]\nname = "City Hospital"\ncountry = "PL"\ntime_zone = "Europe/Warsaw"\n'
    return _common("City Hospital", ports.hospital_origin, ports.hospital) + _network(root) + smp


def _common(name: str, origin: str, port: int) -> str:
    host = "127.0.0.1"
    return (
        f'name = "{name}"\norigin = "{origin}"\nhost = "{host}"\nport = {port}\ndemo = true\n'
        'database = "register.db"\nsecrets = "secrets"\nkeys = "keys"\n'
    )


def _network(root: str) -> str:
    return (
        f'[network]\ntrust = "../network/trust.json"\ntrust_root = "{root}"\n'
        'emps = "../network/emps.json"\n'
    )
