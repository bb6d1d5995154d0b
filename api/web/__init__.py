"""Pages: templates, styles, and the little that turns values into words."""
