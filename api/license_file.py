"""One license from a JSON file, through the very use cases the API runs, on an empty register.

The file is the body of `POST /v1/licenses`; what the API refuses is refused here with the same
codes. The register lives as long as the call, so two actors stand for the two people who file
and issue. Source: issue "The main job", M1.
"""

import secrets
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError
from uuid6 import uuid7

from api.authority_file import AuthorityFile
from api.field_faults import field_faults
from api.lint_fields import APPLIED_FOR, naming_fields
from api.schemas.licenses import ApplicationBody
from api.strict_json import read_json
from licenses.errors import InvalidFields, InvalidRequest
from licenses.model.decision import Role
from licenses.model.register import Actor, LicenseKey, Seal
from licenses.ports import Ids, Office, Sealer, UnitOfWork
from licenses.services.apply import Application, apply_for_license
from licenses.services.decide import decide
from licenses.services.rulings import Issue
from licenses.storage import MemoryStore, MemoryUnitOfWork


def issue_from_file(
    path: Path, kept: AuthorityFile, sealer: Sealer, status_address: str, at: datetime
) -> Seal:
    """Return the sealed license a file describes.

    Args:
        path: of the JSON file.
        kept: the authority, with its mandate and professions.
        sealer: makes seals in its name.
        status_address: where the standing is asked; the seal's id is put behind it.
        at: the instant of the application and the issue.

    Raises:
        InvalidRequest: the file is missing or not JSON.
        InvalidFields, OutsideMandate, LintFailed: as the API; nothing was sealed.
    """
    application = _application(path)
    store = MemoryStore()
    office = Office(
        unit_of_work=lambda: MemoryUnitOfWork(store),
        clock=lambda: at,
        ids=Ids(record=uuid7, public=lambda: secrets.token_hex(16)),
        sealer=sealer,
        keyed_digest=lambda octets: sha256(octets).hexdigest(),
        status_address=lambda seal_id: f"{status_address}{seal_id}",
    )
    _register(office.unit_of_work, kept)
    with naming_fields(APPLIED_FOR):
        filed = apply_for_license(office, _actor(kept, "files", Role.CLERK, at), application)
    key = LicenseKey(authority_id=kept.authority.id, license_id=filed.license_id)
    officer = _actor(kept, "issues", Role.OFFICER, at)
    decide(office, officer, key, Issue(), expected_version=filed.version)
    with office.unit_of_work() as uow:
        return uow.seals.newest(key)


def _application(path: Path) -> Application:
    try:
        sent = read_json(path.read_bytes())
        return ApplicationBody.model_validate(sent).domain(Application)
    except OSError:
        raise InvalidRequest(f"The license file {path.name} cannot be read.") from None
    except InvalidRequest as error:
        told = str(error).replace("the body", f"The license file {path.name}", 1)
        raise InvalidRequest(f"{told}.") from None
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        faults = field_faults({**one, "loc": ("body", *one["loc"])} for one in found)
        raise InvalidFields(*faults) from None


def _register(unit_of_work: Callable[[], UnitOfWork], kept: AuthorityFile) -> None:
    with unit_of_work() as uow:
        uow.authorities.put(kept.authority)
        for profession in kept.professions:
            uow.authorities.put_profession(kept.authority.id, profession)
        uow.commit()


def _actor(kept: AuthorityFile, actor_id: str, role: Role, at: datetime) -> Actor:
    return Actor(
        authority_id=kept.authority.id,
        actor_id=actor_id,
        role=role,
        token_sha256=sha256(actor_id.encode()).hexdigest(),
        created_at=at,
    )
