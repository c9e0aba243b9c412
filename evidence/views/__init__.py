"""Pages about evidence."""
