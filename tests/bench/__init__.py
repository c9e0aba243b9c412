"""Speed, as ratios of two things measured in one run: ``bin/bench``. Not part of the tests."""
