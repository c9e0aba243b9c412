"""Reading an action plan that somebody kept in a spreadsheet. Pure."""
