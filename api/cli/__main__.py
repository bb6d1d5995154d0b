"""Run the command line by `python -m api.cli`."""

from api.cli.main import run

# Worker processes import this module again, and must not run the command again.
if __name__ == "__main__":
    run()
