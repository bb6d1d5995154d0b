"""The values of the domain and the rules over them: pure, frozen, without I/O or clock."""
