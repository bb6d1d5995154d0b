"""Clients of other people's servers: bounded in time and size, and never following redirects."""
