"""Dates in full, times by the 24-hour clock: a committee reads them, and a change log."""

DATE_FORMAT = "j F Y"  # 3 March 2026
TIME_FORMAT = "H:i"  # 14:30
DATETIME_FORMAT = r"j F Y \a\t H:i"  # 3 March 2026 at 14:30
YEAR_MONTH_FORMAT = "F Y"  # March 2026
MONTH_DAY_FORMAT = "j F"  # 3 March
SHORT_DATE_FORMAT = "j M Y"  # 3 Mar 2026
SHORT_DATETIME_FORMAT = "j M Y, H:i"  # 3 Mar 2026, 14:30
FIRST_DAY_OF_WEEK = 1  # Monday
