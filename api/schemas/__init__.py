"""JSON bodies of the authority's API: domain values in camelCase, with their own field rules."""
