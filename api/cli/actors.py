"""`license-exchange actors` gives out the tokens by which somebody speaks for an authority."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from licenses.errors import NotFound
from licenses.model.decision import Role

app = typer.Typer(help="Who may speak for an authority.", no_args_is_help=True)


@app.command("new")
def new(
    site: Annotated[Path, typer.Argument(help="The site file of the installation.")],
    authority: Annotated[str, typer.Argument(help="Id of the authority, or its file's name.")],
    actor_id: Annotated[str, typer.Argument(help="A short code for the actor, no name.")],
    role: Annotated[Role, typer.Argument(help="What the actor may do.")],
    days: Annotated[int, typer.Option(min=1, max=3650, help="How long the token serves.")] = 365,
) -> None:
    """Make an actor and print the token, once; only its digest is kept."""
    from api.bootstrap import open_register
    from api.settings import read_site
    from licenses.services.actors import create_actor

    kept = open_register(read_site(site))
    by_name = {name: file.authority.id for name, file in kept.authorities.items()}
    authority_id = by_name.get(authority, authority)
    if authority_id not in by_name.values():
        raise NotFound(f"There is no such authority here; there are: {', '.join(by_name)}.")
    expires = kept.clock() + timedelta(days=days)
    typer.echo(
        create_actor(
            kept.unit_of_work(),
            authority_id,
            actor_id,
            role,
            clock=kept.clock,
            expires=expires,
        )
    )
