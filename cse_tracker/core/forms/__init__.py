"""Forms in the look and the words of the GOV.UK Design System."""

from cse_tracker.core.forms.base import GovukForm, GovukModelForm
from cse_tracker.core.forms.dates import DateField, DateInput
from cse_tracker.core.forms.problems import Problem

__all__ = ["DateField", "DateInput", "GovukForm", "GovukModelForm", "Problem"]
