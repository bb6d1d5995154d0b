"""`license-exchange serve` runs one installation."""

import gc
from pathlib import Path
from typing import Annotated

import typer


def serve(
    site: Annotated[Path, typer.Argument(help="The site file (TOML); see docs/ncp-operator.md.")],
) -> None:
    """Run one installation until it is stopped; refuses to start on an unsafe setting."""
    from api.settings import read_site

    settings = read_site(site)  # what is wrong there is said before the server is read in
    import uvicorn

    from api.bootstrap import application

    gc.enable()  # off for short commands; a server runs long
    uvicorn.run(
        application(settings, pooled=True),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        forwarded_allow_ips="127.0.0.1",
    )
