"""Tables whose cells are texts, from Word documents and the clipboard. No domain."""
