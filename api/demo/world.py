"""Make the demo world: two sites with their keys, the network between them, and the licenses.

    <folder>/network/    trust.json, trust-root, emps.json: all that the two sites share
    <folder>/north/      three authorities and two providers, http://localhost:8001
    <folder>/hospital/   a hospital's receiver, http://127.0.0.1:8002, without any key

Everything is made by the real services and the real keys; only the clock is told, so that a
license can be ten years old. Made once; a second run keeps what is there. A run that was cut
short leaves no `complete` file and is begun anew; nothing is removed but what bears our mark.
"""

import json
import os
import secrets
import shutil
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from api.authority_file import AuthorityFile
from api.bootstrap import Kept, open_office, open_register
from api.demo.authorities import AUTHORITIES, DemoAuthority
from api.demo.licenses import DemoLicense, demo_licenses
from api.settings import SiteSettings, read_site
from licenses.errors import ConfigurationRefused
from licenses.model.decision import Role
from licenses.model.license import Territory
from licenses.model.register import Actor, LicenseKey, Receipt
from licenses.model.trust import Purpose, TrustedAuthority, TrustedNcp, TrustedSmp
from licenses.ports import Office
from licenses.services.actors import authenticate, create_actor
from licenses.services.apply import Application, apply_for_license
from licenses.services.approve import approve
from licenses.services.decide import decide
from licenses.services.people import Applicant
from licenses.services.rulings import Issue, Ruling
from licenses.storage import create_master_key
from schema_ext.discovery.emps_file import EmpsCountry, EmpsList, write_emps
from schema_ext.discovery.trust_file import write_trust
from schema_ext.discovery.trust_form import TrustContent
from schema_ext.signing.key_files import KeyStore
from schema_ext.signing.keys import SigningKey, published

NORTH_PORT, HOSPITAL_PORT = 8001, 8002
_KEYS_SINCE = datetime(1996, 1, 1, tzinfo=UTC)
_PARTS = ("north", "hospital", "network")
_PROVIDERS = (
    ("no", "DEMO-NO", "Norway's demo provider (DEMO-NO)", "NO", "Norway"),
    ("se", "DEMO-SE", "Sweden's demo provider (DEMO-SE)", "SE", "Sweden"),
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


def make_world(folder: Path, now: datetime, ports: Ports = Ports()) -> World:  # noqa: B008 - frozen
    """Make the demo world under `folder`, or return the one that is there.

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
    _make_network(folder, now, ports)
    _fill_register(read_site(world.north), now)
    complete.write_text(wanted, encoding="utf-8")
    return world


def _require_same(complete: Path, wanted: str, folder: Path) -> None:
    made_for = complete.read_text(encoding="utf-8")
    if made_for != wanted:
        raise ConfigurationRefused(
            f"The demo world in {folder} was made for the ports {made_for}, not {wanted}. Choose"
            " those ports, or another folder: --folder."
        )


def _make_network(folder: Path, now: datetime, ports: Ports) -> None:
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


class KeyMaker:
    """Makes the keys of one site, each owner in a folder of its own."""

    def __init__(self, folder: Path, passphrase: str, until: datetime) -> None:
        self._folder, self._passphrase, self._until = folder, passphrase, until

    def make(self, owner: str, purpose: Purpose, subject: str) -> SigningKey:
        """Make and keep a key."""
        store = KeyStore(self._folder / owner, self._passphrase)
        return store.create(purpose, subject, _KEYS_SINCE, self._until)


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
        authorities=tuple(_listed(one, north, ports) for one in AUTHORITIES),
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
            EmpsCountry(code=country, name=words, single_fetch=False)
            for _, _, _, country, words in _PROVIDERS
        ),
        ncps=tuple(
            TrustedNcp(
                acronym=acronym,
                country=country,
                institutions=(acronym, *_authority_names(country)),
                url=f"{ports.north_origin}/ncp/{slug}",
                key=published(north.make(f"ncp-{slug}", Purpose.NCP, name)),
            )
            for slug, acronym, name, country, _ in _PROVIDERS
        ),
    )


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
    by_country = {one.authority.country: one.authority.id for one in AUTHORITIES}
    providers = "".join(
        f'[[ncp]]\nslug = "{slug}"\nacronym = "{acronym}"\nname = "{name}"\n'
        f'country = "{country}"\nauthorities = ["{by_country[country]}"]\n'
        for slug, acronym, name, country, _ in _PROVIDERS
    )
    return (
        _common("Demo authorities and providers", ports.north_origin, ports.north)
        + f"authorities = [{authorities}]\n{_network(root)}{providers}"
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


class _ToldClock:
    """A clock that says what it was told."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def _fill_register(settings: SiteSettings, now: datetime) -> None:
    clock = _ToldClock(now)
    kept = open_register(settings, clock)
    office = open_office(settings, kept)
    staff = {one.authority.id: _staff(kept, one) for one in AUTHORITIES}
    for license_ in sorted(demo_licenses(now.date()), key=lambda one: one.since):
        _grant(office, clock, staff[license_.authority.authority.id], license_, now)


class _Staff(NamedTuple):
    clerk: Actor
    first: Actor
    second: Actor


def _staff(kept: Kept, one: DemoAuthority) -> _Staff:
    """Make a clerk and two officers; their tokens are thrown away, for nobody is to log in."""

    def hired(actor_id: str, role: Role) -> Actor:
        token = create_actor(
            kept.unit_of_work(), one.authority.id, actor_id, role, clock=kept.clock
        )
        return authenticate(kept.unit_of_work(), token, kept.clock)

    return _Staff(
        hired("demo-clerk", Role.CLERK),
        hired("demo-officer-1", Role.OFFICER),
        hired("demo-officer-2", Role.OFFICER),
    )


def _grant(
    office: Office, clock: _ToldClock, staff: _Staff, license_: DemoLicense, now: datetime
) -> None:
    """Apply, issue, and rule as the license's story tells."""
    clock.at = _office_hours(license_.since)
    filed = apply_for_license(office, staff.clerk, _application(license_))
    key = LicenseKey(authority_id=staff.clerk.authority_id, license_id=filed.license_id)
    done = decide(office, staff.first, key, Issue(), expected_version=filed.version)
    clock.at = now - timedelta(days=30)
    for ruling in license_.rulings:
        done = _ruled(office, staff, key, ruling, done)
    clock.at = now


def _ruled(
    office: Office, staff: _Staff, key: LicenseKey, ruling: Ruling, before: Receipt
) -> Receipt:
    done = decide(office, staff.first, key, ruling, expected_version=before.version)
    if not done.proposed:
        return done
    return approve(office, staff.second, key, done.decision_id, expected_version=before.version)


def _application(license_: DemoLicense) -> Application:
    who = license_.holder
    return Application(
        number=license_.number,
        profession=license_.profession,
        kind=license_.kind,
        territories=(Territory(area=license_.authority.authority.country),),
        valid_from=license_.since,
        valid_until=license_.until,
        recognition=license_.recognition,
        holder=Applicant(
            names=who.person.names,
            birth_date=who.person.birth_date,
            identifiers=who.identifiers,
        ),
    )


def _office_hours(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), UTC)
