"""The appendix of partial compliances and areas for improvement, from facts to blocks. Pure."""
