"""Which days people are at work: not on weekends, nor on the bank holidays of their nation."""

from datetime import date, timedelta
from enum import StrEnum
from functools import cache

import holidays


class Nation(StrEnum):
    """The part of the United Kingdom whose bank holidays are kept; its code in ISO 3166-2."""

    ENGLAND = "ENG"
    WALES = "WLS"
    SCOTLAND = "SCT"
    NORTHERN_IRELAND = "NIR"

    @property
    def label(self) -> str:
        return self.name.replace("_", " ").title()


SATURDAY = 5


def is_working_day(day: date, nation: Nation) -> bool:
    """Whether offices of the nation are open on that day."""
    return day.weekday() < SATURDAY and day not in _bank_holidays(nation)


def working_day_on_or_before(day: date, nation: Nation) -> date:
    """The day itself, or else the last working day before it."""
    while not is_working_day(day, nation):
        day -= timedelta(days=1)
    return day


# Works out each year when a day of it is first asked for.
@cache
def _bank_holidays(nation: Nation) -> holidays.HolidayBase:
    return holidays.country_holidays("GB", subdiv=nation.value)
