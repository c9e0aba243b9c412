"""A fictional council with five years, its neighbour, and an organisation that just begins.

No organisation, person or address in it exists. Everything goes through the services, so the
sample obeys the rules and has its change log like any other record.
"""

from cse_tracker.overview.sample_data.loading import load_sample_data
from cse_tracker.overview.sample_data.people import PASSWORD, SIGN_INS, SignIn

__all__ = ["PASSWORD", "SIGN_INS", "SignIn", "load_sample_data"]
