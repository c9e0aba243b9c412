"""What will be done about a finding, by whom, by when."""
