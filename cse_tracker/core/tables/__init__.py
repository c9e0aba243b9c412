"""Tables in files: spreadsheets and separated text, read as plain cells."""
