"""Pages of assessments, the standard, imports and the progression."""
