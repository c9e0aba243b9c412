"""Pages that show several apps' facts together."""
