"""The demo world: authorities, holders, two sites, made with the real services."""
