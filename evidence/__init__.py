"""What supports an element: documents and links, as at a date."""
