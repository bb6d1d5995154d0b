"""Slow campaigns, run by `make soak` and never by `make test`."""
