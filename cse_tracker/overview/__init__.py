"""Pages that show several apps' facts together. Owns no model."""
