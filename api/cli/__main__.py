"""Run the command line by `python -m api.cli`."""

from api.cli.main import run

run()
