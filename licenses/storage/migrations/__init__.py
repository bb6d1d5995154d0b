"""How the tables came to be, one step a file; a released step is never changed."""
