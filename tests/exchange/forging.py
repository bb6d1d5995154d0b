"""Make answers as a provider would, and as an attacker would who holds any of the demo's keys."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from api.demo.people import KARI, DemoPerson
from licenses.model.export import Export, ExportedLicense, reports_of
from licenses.model.license import SealContent
from licenses.model.people import Person
from licenses.model.register import Seal
from licenses.model.standing import Because, Level
from licenses.model.trust import Purpose
from licenses.model.verdict import Delivery, StatusStatement
from licenses.services.status_query import statement_about
from schema_ext.carrying import ElmoCarrier
from schema_ext.elmo_content import ElmoContent
from schema_ext.elmo_writer import write_elmo
from schema_ext.exchange.elmo_parameter import encode_elmo
from schema_ext.license_xml import write_license
from schema_ext.signing.key_files import KeyStore
from schema_ext.signing.keys import InMemoryKey, SigningKey
from schema_ext.signing.outer_writer import sign_elmo
from schema_ext.signing.seal_writer import seal
from schema_ext.status_token import sign_status
from tests.exchange.sites import HOSPITAL, Session, Sites

NORWAY, SWEDEN = "no-health", "se-licenses"
PDF = b"%PDF-1.7 of the tests"


@dataclass(frozen=True)
class Forge:
    """The keys and the register of the authorities' site, for whoever may misuse them."""

    sites: Sites
    loaded: dict[tuple[str, Purpose], InMemoryKey] = field(default_factory=dict)

    def key(self, owner: str, purpose: Purpose) -> InMemoryKey:
        """Return a key of the site as it signs."""
        if (owner, purpose) not in self.loaded:
            self.loaded[owner, purpose] = self._load(owner, purpose)
        return self.loaded[owner, purpose]

    def _load(self, owner: str, purpose: Purpose) -> InMemoryKey:
        passphrase = (self.sites.folder / "secrets" / "passphrase").read_text("ascii").strip()
        key = KeyStore(self.sites.folder / "keys" / owner, passphrase).load(
            purpose, self.sites.clock()
        )
        assert isinstance(key, InMemoryKey)
        return key

    def seals(self, person: DemoPerson = KARI, ncp: str = "no") -> tuple[Seal, ...]:
        """Return the newest seal of each license of a person that a provider serves."""
        with self.sites.provider.desk.unit_of_work() as uow:
            return tuple(
                uow.seals.newest(record.key)
                for authority_id in self.sites.provider.entries[ncp].authority_ids
                for identifier in person.identifiers
                if (holder := uow.holders.find(authority_id, identifier)) is not None
                for record in uow.licenses.of_holder(authority_id, holder.holder_id)
            )

    def statement(self, seal_: Seal) -> StatusStatement:
        """Return what the authority says of a seal now."""
        with self.sites.provider.desk.unit_of_work() as uow:
            return statement_about(uow, seal_, self.sites.clock())

    def exported(self, person: DemoPerson = KARI, ncp: str = "no") -> tuple[ExportedLicense, ...]:
        """Return the licenses of a person, ready to be sent."""
        signer = self.sites.provider.desk.status_signer
        found = []
        for one in self.seals(person, ncp):
            stated = self.statement(one)
            content = ElmoCarrier({}).content_of(one.document)
            token = signer.sign(stated)
            found.append(
                ExportedLicense(
                    content=content, sealed=one.document, statement=stated, status_token=token
                )
            )
        return tuple(found)

    def sealed_anew(self, content: SealContent, owner: str = NORWAY) -> ExportedLicense:
        """Return a license of any content under an authority's real key; nothing records it."""
        signed_at = self.sites.clock()
        document = seal(write_license(content), self.key(owner, Purpose.SEAL), signed_at)
        stated = StatusStatement(
            seal_id=content.seal_id,
            authority_id=content.issuer.id,
            seal_sha256=sha256(document).hexdigest(),
            sealed_at=signed_at,
            record_version=content.record_version,
            level=Level.FULL,
            because=Because.IN_FORCE,
            territories=tuple(one.area for one in content.grant.territories),
            as_of=signed_at,
            expires_at=signed_at.replace(hour=23),
        )
        token = sign_status(stated, self.key(owner, Purpose.STATUS))
        return ExportedLicense(
            content=content, sealed=document, statement=stated, status_token=token
        )

    def canonical(
        self,
        session: Session,
        licenses: Sequence[ExportedLicense] | None = None,
        learner: Person = KARI.person,
        **delivery: str,
    ) -> bytes:
        """Return an ELMO for a session in canonical text, not signed yet."""
        stated = {
            "audience": HOSPITAL,
            "session_sha256": sha256(session.id.encode()).hexdigest(),
            "purpose": "Employment",
            "consent_id": "c" * 32,
            "login_level": "demo",
        }
        export = Export(
            generated_at=self.sites.clock(),
            learner=learner,
            reports=reports_of(self.exported() if licenses is None else licenses),
            delivery=Delivery(**stated | delivery),
        )
        return write_elmo(ElmoContent.of(export, PDF))

    def signed(self, canonical: bytes, key: SigningKey | None = None) -> bytes:
        """Return an ELMO signed by the Norwegian provider, or by whoever is given."""
        return sign_elmo(canonical, key or self.key("ncp-no", Purpose.NCP))

    def answer(self, session: Session) -> bytes:
        """Return an ELMO that is right in everything: Kari's license, for this session."""
        return self.signed(self.canonical(session))


def posted(document: bytes) -> str:
    """Return the `elmo` parameter of a document."""
    return encode_elmo(document)


def swapped(document: bytes, old: bytes, new: bytes) -> bytes:
    """Return `document` with the first `old` replaced; it must be there."""
    assert old in document, old
    return document.replace(old, new, 1)
