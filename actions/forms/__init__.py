"""Forms about actions: text in, domain values out, with the messages in between."""
