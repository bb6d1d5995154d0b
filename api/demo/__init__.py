"""The demo world: three authorities, eight holders, two sites, made with the real services."""
