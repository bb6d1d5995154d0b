"""What one installation is: read from a site file (TOML), checked whole before anything starts.

Paths in the file are relative to its own folder. Secrets are never in it, only the names of the
files they stand in. A setting that is missing, unknown or unsafe stops the program with a
sentence; there are no defaults for trust.

    name = "Demo data providers"
    origin = "http://localhost:8001"
    host = "127.0.0.1"
    port = 8001
    demo = true                            # the built-in identity page; never outside a demo
    database = "register.db"
    secrets = "secrets"                    # holds `passphrase` and `master.key`, mode 0600
    keys = "keys"                          # one folder an owner: keys/no-health, keys/ncp-no
    authorities = ["no-health.json"]
    elmo_schema = "../elmo"                # optional: the official schemas, in place of ours
    [network]
    trust = "trust.json"
    trust_root = "<SHA-256 of the trust certificate>"
    emps = "emps.json"
    [[ncp]]
    slug = "no"
    acronym = "DEMO-NO"
    name = "Norway's demo provider"
    country = "NO"
    authorities = ["https://no-health.example/authority"]
    [smp]
    name = "City Hospital"
    country = "PL"
    time_zone = "Europe/Warsaw"
    [[legacy]]                             # optional, see `api.legacy_file`
"""

import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from api.legacy_file import LegacyTables
from licenses.errors import ConfigurationRefused, InvalidFields
from licenses.model.exchange import NcpEntry
from licenses.model.values import Code, CountryCode, Sha256Hex, Text, Uri
from schema_ext.elmo_writer import OpportunityType
from schema_ext.exchange.return_url import parse_return_url


class _Closed(BaseModel):
    """A table of the site file: no key beyond the declared ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NetworkSettings(_Closed):
    """The two trust files, and the id of the key the first is signed by."""

    trust: Path
    trust_root: Sha256Hex
    emps: Path


class NcpSettings(_Closed):
    """One data provider run here; it answers at `/ncp/<slug>`."""

    slug: Code
    acronym: Text
    name: Text
    country: CountryCode
    authorities: Annotated[tuple[Uri, ...], Field(min_length=1)]
    shown_as: OpportunityType = OpportunityType.MODULE


class SmpSettings(_Closed):
    """The receiver run here; its return addresses stand in the trust file."""

    name: Text
    country: CountryCode
    time_zone: str


class SiteSettings(_Closed):
    """One installation; `folder` is where its site file stands."""

    folder: Path
    name: Text
    origin: Uri
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)]
    demo: bool = False
    database: Path
    secrets: Path
    keys: Path
    authorities: tuple[Path, ...] = ()
    elmo_schema: Path | None = None
    network: NetworkSettings
    ncp: tuple[NcpSettings, ...] = ()
    smp: SmpSettings | None = None
    legacy: LegacyTables = ()
    status_per_minute: Annotated[int, Field(ge=1)] = 600
    pages_per_minute: Annotated[int, Field(ge=1)] = 6000

    @field_validator("origin")
    @classmethod
    def _plain_origin(cls, origin: str) -> str:
        """Documents are made for this very text, and cookies are bound by its scheme."""
        try:
            plain = parse_return_url(f"{origin}/").origin
        except InvalidFields:
            plain = None
        if plain != origin:
            raise ValueError(
                "must be https:// and a host in small letters, without a slash at the end"
                " (http:// only for this very machine)"
            )
        return origin

    def at(self, path: Path) -> Path:
        """Return a path of the site file as it lies on the disk."""
        return self.folder / path

    @property
    def providers(self) -> tuple[NcpEntry, ...]:
        """The data providers run here, each at its address."""
        return tuple(
            NcpEntry(
                slug=one.slug,
                name=one.name,
                country=one.country,
                url=f"{self.origin}/ncp/{one.slug}",
                authority_ids=one.authorities,
            )
            for one in self.ncp
        )


def read_site(path: Path) -> SiteSettings:
    """Read a site file.

    Raises:
        ConfigurationRefused: missing, not TOML, or a setting is wrong; the sentence names it.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return SiteSettings.model_validate({**table, "folder": path.resolve().parent})
    except OSError:
        raise ConfigurationRefused(f"The site file {path.name} cannot be read.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise ConfigurationRefused(f"The site file {path.name} is not TOML.") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        setting = ".".join(str(part) for part in first["loc"])
        raise ConfigurationRefused(f"Site file {path.name}: {setting}: {first['msg']}.") from None
