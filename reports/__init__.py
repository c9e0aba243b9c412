"""Committee papers, built in the background and frozen when issued."""
