"""Reading the annex spreadsheets that organisations keep. Pure: plain cells in, plain data out."""
