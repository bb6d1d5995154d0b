"""The domain: what a license is, what may happen to it, and how it is kept. No XML, no HTTP."""
