"""Records about legacy partners, as the operator writes them: `[[legacy]]` tables in TOML.

They stand in the site file of a receiver, or in a file of their own for `verify --legacy`. There
is no default for any of it: whoever tolerates an old signature says of whom, what, until when, who
decided so and why. What a record then lets through is in `licenses.model.trust.LegacyPartner`.

    [[legacy]]
    name = "Old province"                    # the provider, for people
    certificate = '''                        # its certificate in PEM; the record is about no other
    -----BEGIN CERTIFICATE-----
    ...
    -----END CERTIFICATE-----
    '''
    methods = ["rsa-sha1", "sha1"]           # tolerated beside today's: signature, digest
    least_rsa_bits = 1024
    namespaces = ["http://purl.org/net/elmo"]
    judged_at = 2016-06-01T00:00:00Z         # when its certificate has to be valid
    recorded_at = 2026-11-01T00:00:00Z
    valid_until = 2027-11-01T00:00:00Z       # from then on the record counts for nothing
    decided_by = "Head of recognition"
    why = "..."
"""

import tomllib
from pathlib import Path
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from licenses.errors import ConfigurationRefused
from licenses.model.trust import LegacyMethod, LegacyPartner, Purpose, TrustedKey
from licenses.model.values import Text, Uri
from schema_ext.discovery.certificates import certificate_of_pem, checked_certificate
from schema_ext.discovery.wording import first_fault
from schema_ext.signing.keys import kid_of


class LegacySettings(BaseModel):
    """One `[[legacy]]` table; every key is required."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Text
    certificate: Annotated[str, Field(max_length=20_000)]
    methods: tuple[LegacyMethod, ...]
    least_rsa_bits: int
    namespaces: tuple[Uri, ...]
    judged_at: AwareDatetime
    recorded_at: AwareDatetime
    valid_until: AwareDatetime
    decided_by: Text
    why: Text

    @model_validator(mode="after")
    def _is_a_record(self) -> Self:
        try:
            self.partner()
        except ConfigurationRefused as refusal:
            raise ValueError(str(refusal).rstrip(".")) from None
        except ValidationError as error:
            raise ValueError(first_fault(error)) from None
        return self

    def partner(self) -> LegacyPartner:
        """Return the record as a value.

        Raises:
            ConfigurationRefused: the certificate is none of a provider, is weaker than the
                record itself asks for, or is not valid when it is to be judged.
        """
        der = certificate_of_pem(self.certificate)
        least = self.least_rsa_bits
        certificate = checked_certificate(der, Purpose.NCP, least_rsa_bits=least)
        begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
        if not begins <= self.judged_at <= ends:
            raise ConfigurationRefused("The certificate does not cover the moment of judged_at.")
        key = TrustedKey(
            kid=kid_of(der),
            purpose=Purpose.NCP,
            certificate=der,
            valid_from=begins,
            valid_until=ends,
        )
        return LegacyPartner(key=key, **self.model_dump(exclude={"certificate"}))


def _each_once(records: tuple[LegacySettings, ...]) -> tuple[LegacySettings, ...]:
    kids = [record.partner().key.kid for record in records]
    if len(set(kids)) != len(kids):
        raise ValueError("two records are about one certificate")
    return records


LegacyTables = Annotated[tuple[LegacySettings, ...], AfterValidator(_each_once)]


class _LegacyFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    legacy: Annotated[LegacyTables, Field(min_length=1)]


def read_legacy(path: Path) -> tuple[LegacyPartner, ...]:
    """Read a file of nothing but `[[legacy]]` tables.

    Raises:
        ConfigurationRefused: missing, not TOML, or something in it is wrong; the sentence names it.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        file = _LegacyFile.model_validate(table)
    except OSError:
        raise ConfigurationRefused(f"The file {path.name} cannot be read.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise ConfigurationRefused(f"The file {path.name} is not TOML.") from None
    except ValidationError as error:
        raise ConfigurationRefused(f"{path.name}: {first_fault(error)}.") from None
    return tuple(one.partner() for one in file.legacy)
