"""Outward forms: bytes to values and back. The ELMO extension, seals, ELMO documents, the PDF."""
