"""The command line, run in this process as a person would type it."""
