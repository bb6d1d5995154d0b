"""`license-exchange verify FILE`: the verdict on a sealed license, an ELMO or a provider's answer.

Without any configuration it still answers: what can be checked without knowing anybody's key is
checked, and the rest is said to be not established.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import emps_from, legacy_from, trust_from

if TYPE_CHECKING:
    from licenses.model.people import PersonName
    from licenses.model.trust import TrustedAuthority
    from licenses.model.verdict import Circumstances, DocumentVerdict, Expectation

VERIFIED, REJECTED, INDETERMINATE, WRONG_USE = 0, 1, 2, 64


def verify(
    file: Annotated[Path, typer.Argument(help="Sealed license, ELMO, or base64 of an answer.")],
    trust: Annotated[Path | None, typer.Option(help="Signed trust file of the network.")] = None,
    trust_root: Annotated[str | None, typer.Option(help="Id of the key that signs it.")] = None,
    emps: Annotated[Path | None, typer.Option(help="Registry file of the providers.")] = None,
    legacy: Annotated[
        Path | None, typer.Option(help="Records about providers that sign the old way (TOML).")
    ] = None,
    expect_name: Annotated[
        str | None, typer.Option(help="Whom you expect: 'Given names, Family name'.")
    ] = None,
    expect_birth_date: Annotated[str | None, typer.Option(help="Born on, as 1985-03-14.")] = None,
    territory: Annotated[str | None, typer.Option(help="Where: ISO 3166, as NO.")] = None,
    profession: Annotated[str | None, typer.Option(help="For what work: ISCO-08, as 2221.")] = None,
    schema: Annotated[
        Path | None, typer.Option(help="Folder of the official ELMO schemas.")
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Ask nobody.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The verdict as JSON.")] = False,
) -> None:
    """Say who granted the license, whether it is untouched, whose it is, and if it still stands."""
    from schema_ext.documents import Surroundings, Verifier
    from schema_ext.validation import check_elmo_folder

    check_elmo_folder(schema)
    now = datetime.now(UTC)
    expectation = _expectation(expect_name, expect_birth_date, territory, profession)
    providers = emps_from(emps)
    surroundings = Surroundings(
        clock=lambda: now,
        trust=trust_from(trust, trust_root, now),
        ncps=None if providers is None else lambda: providers,
        ask=None if offline else _ask,
        official_dir=schema,
        legacy=legacy_from(legacy),
    )
    verdict = Verifier(surroundings).verdict(_read(file), _handed_in(expectation))
    typer.echo(_as_json(verdict) if as_json else _as_text(verdict, expectation))
    raise typer.Exit(exit_code(verdict))


def exit_code(verdict: "DocumentVerdict") -> int:
    """Return 0 where the license may be relied on, 1 where it must not, 2 where that is open."""
    from licenses.model.verdict import Overall

    match verdict.overall:
        case Overall.MAY_WORK | Overall.MAY_WORK_WITH_CONDITIONS:
            return VERIFIED
        case Overall.NOT_ESTABLISHED:
            return INDETERMINATE
        case Overall.MUST_NOT_RELY:
            return REJECTED


def _expectation(
    name: str | None, born: str | None, territory: str | None, profession: str | None
) -> "Expectation":
    from pydantic import ValidationError

    from licenses.model.verdict import Expectation

    try:
        return Expectation(
            name=None if name is None else _name(name),
            birth_date=None if born is None else date.fromisoformat(born),
            territory=territory,
            isco08=profession,
        )
    except (ValidationError, ValueError):
        raise typer.BadParameter(
            "write --expect-name as 'Given names, Family name', --expect-birth-date as"
            " 1985-03-14, --territory as NO and --profession as 2221"
        ) from None


def _name(name: str) -> "PersonName":
    """Read 'Given names, Family name'; without a comma the last word is the family name."""
    from licenses.model.people import PersonName

    given, comma, family = name.rpartition(",")
    if not comma:
        given, _, family = name.strip().rpartition(" ")
    return PersonName(given=given.strip(), family=family.strip())


def _handed_in(expectation: "Expectation") -> "Circumstances":
    from licenses.model.verdict import Circumstances

    return Circumstances(expectation=expectation)


def _ask(authority: "TrustedAuthority", seal_id: str) -> str | None:
    """Ask an authority; the client is made only where somebody is to be asked."""
    from api.clients.status import StatusClient

    return StatusClient().ask(authority, seal_id)


def _as_json(verdict: "DocumentVerdict") -> str:
    from api.verdict_json import verdict_json

    return json.dumps(verdict_json(verdict), ensure_ascii=False, indent=2)


def _as_text(verdict: "DocumentVerdict", expectation: "Expectation") -> str:
    from api.cli.verdict_text import verdict_text

    return verdict_text(verdict, expectation)


def _read(file: Path) -> bytes:
    from schema_ext.caps import MAX_INFLATED

    try:
        with file.open("rb") as opened:
            return opened.read(2 * MAX_INFLATED)
    except OSError:
        raise typer.BadParameter(f"the file {file.name} cannot be read") from None
