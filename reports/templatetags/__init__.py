"""What this app offers to the pages of others."""
