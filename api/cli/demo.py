"""`license-exchange demo`: make the demo world if there is none, and run both of its sites.

Two processes that share no database, file or key except the network's two trust files, on two
host names, so that the browser's rules between sites are the real ones. Ctrl-C stops both, and
so does closing the terminal. The ports are looked at before anything starts: another program's
answer on one of them would pass for ours.
"""

import gc
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn
from urllib.error import URLError
from urllib.request import urlopen

import typer

FOLDER_VARIABLE = "LICENSE_EXCHANGE_DATA"
_PATIENCE = 120.0
_HOST = "127.0.0.1"


def demo(
    folder: Annotated[
        Path, typer.Option(envvar=FOLDER_VARIABLE, help="Where the demo world is kept.")
    ] = Path(".data"),
    north_port: Annotated[
        int, typer.Option(min=1, max=65535, help="Port of the authorities' site.")
    ] = 8001,
    hospital_port: Annotated[
        int, typer.Option(min=1, max=65535, help="Port of the hospital's site.")
    ] = 8002,
) -> None:
    """Show the whole way: a hospital asks, a holder sends, the hospital reads the verdict."""
    _require_free((north_port, hospital_port))  # told at once, before all of us is read in
    from api.demo.world import Ports, is_of_another_edition, make_world

    ports = Ports(north_port, hospital_port)
    typer.echo("Making the demo world (once) ..." if _is_new(folder) else "Starting ...", err=True)
    world = make_world(folder.resolve(), datetime.now(UTC), ports, _show_progress)
    gc.enable()  # off for short commands; from here on we wait for hours
    if is_of_another_edition(folder):
        typer.echo(
            f"The demo world in {folder} was made by another version of this program: some people"
            " of the login page hold nothing in it. Delete that folder to have them all.",
            err=True,
        )
    ending = _Ending()
    sites = [_start(world.north), _start(world.hospital)]
    try:
        for origin, site in zip((ports.north_origin, ports.hospital_origin), sites, strict=True):
            _wait_for(origin, site, ending)
        if not ending.asked:
            typer.echo(_welcome(ports.north_origin, ports.hospital_origin))
        _watch(sites, ending)
    finally:
        _stop(sites)


def _show_progress(made: int, of: int) -> None:
    """Count the licenses on one line of a terminal; a file or a pipe is told nothing."""
    if sys.stderr.isatty():
        ending = "\n" if made == of else ""
        sys.stderr.write(f"\r{made} of {of} licenses{ending}")
        sys.stderr.flush()


class _Ending:
    """Whether we were told to end: by Ctrl-C, by a service manager, or by a terminal closing.

    A flag and no exception, so that no site is ever left running by an unlucky moment.
    """

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as nohup wishes it
            signal.signal(signal.SIGHUP, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


def _require_free(ports: tuple[int, int]) -> None:
    if ports[0] == ports[1]:
        raise typer.BadParameter("The two sites need two ports.")
    for port in ports:
        with socket.socket() as tried:
            # As the server does, so that a port that was just given up counts as free.
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((_HOST, port))
            except PermissionError:
                _give_up(f"Port {port} is reserved for the administrator.")
            except OSError:
                _give_up(f"Port {port} is in use by another program, maybe by this demo itself.")


def _give_up(sentence: str) -> NoReturn:
    choose = "--folder NEW-FOLDER --north-port 8101 --hospital-port 8102"
    typer.echo(
        f"{sentence} End that program, or choose other ports and a folder for them:\n"
        f"  license-exchange demo {choose}\n"
        f'  make run ARGS="{choose}"',
        err=True,
    )
    raise typer.Exit(1)


def _is_new(folder: Path) -> bool:
    return not (folder / "complete").is_file()


def _start(site: Path) -> "subprocess.Popen[bytes]":
    """Start one site in a process group of its own, so that Ctrl-C reaches it through us alone."""
    command = [sys.executable, "-m", "api.cli", "serve", str(site)]
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own program


def _wait_for(origin: str, site: "subprocess.Popen[bytes]", ending: _Ending) -> None:
    ends = time.monotonic() + _PATIENCE
    while time.monotonic() < ends:
        if ending.asked:
            return
        if site.poll() is not None:
            typer.echo(f"The site {origin} did not start; its message stands above.", err=True)
            raise typer.Exit(1)
        try:
            with urlopen(f"{origin}/health", timeout=2):  # noqa: S310 - our own loopback address
                return
        except (URLError, OSError):
            time.sleep(0.1)
    typer.echo(f"The site {origin} does not answer.", err=True)
    raise typer.Exit(1)


def _welcome(north: str, hospital: str) -> str:
    return (
        f"\n  Authorities and providers  {north}\n  City Hospital              {hospital}\n\n"
        f"Do this now:\n"
        f"  1. Open {hospital} and press 'Check a license with its holder'.\n"
        "  2. Expect Kari Nordmann, born 14 3 1985, to work in Norway; choose DEMO-NO.\n"
        "  3. Log in there as Kari, tick, check, send, and read the verdict. Ctrl-C ends it.\n"
    )


def _watch(sites: list["subprocess.Popen[bytes]"], ending: _Ending) -> None:
    """Wait until we are told to end; raise Exit where a site ends by itself."""
    while not ending.asked:
        time.sleep(0.2)
        if not ending.asked and any(site.poll() is not None for site in sites):
            typer.echo("One of the sites ended by itself; stopping the other.", err=True)
            raise typer.Exit(1)


def _stop(sites: list["subprocess.Popen[bytes]"]) -> None:
    for site in sites:
        if site.poll() is None:
            site.terminate()
    for site in sites:
        try:
            site.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(site.pid, signal.SIGKILL)
            site.wait()
    typer.echo("Stopped.", err=True)
