"""How the register is kept: the only SQL of the project, and its in-memory twin."""
