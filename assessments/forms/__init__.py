"""Forms: text in, domain values out, with the messages in between."""
