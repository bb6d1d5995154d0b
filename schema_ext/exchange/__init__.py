"""EMREX request and response as they stand in a form post: pure, no network."""
