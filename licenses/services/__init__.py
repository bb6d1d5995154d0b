"""Use cases of the domain, one a file: each opens, calls, stores and commits."""
