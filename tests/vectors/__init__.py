"""Vectors: what is known of documents that were not made in the test itself.

Each has its origin and a command that makes it again.
"""
