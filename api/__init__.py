"""The edges: HTTP, pages, commands, network clients, and the wiring of ports to adapters."""
