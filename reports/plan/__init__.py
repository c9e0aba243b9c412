"""The action plan as a paper, from facts to blocks. Pure."""
