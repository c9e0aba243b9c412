"""Forms about evidence: text and files in, domain values out, with the messages in between."""
