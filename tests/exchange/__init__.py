"""The whole way between two sites over HTTP, in one process: happy and hostile."""
