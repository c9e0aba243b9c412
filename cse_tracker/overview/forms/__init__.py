"""Forms of the pages that show several apps' facts."""
