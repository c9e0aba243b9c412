"""People and organisations: sign-in, memberships, permissions, the change log."""
