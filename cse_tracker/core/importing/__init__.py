"""What every import shares: where a problem stands and how it is kept. No domain."""
