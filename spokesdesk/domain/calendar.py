"""The working calendar (lịch làm việc): days off as data, arithmetic on working days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from spokesdesk.domain.errors import UserError

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Which days are worked.

    Attributes:
        holidays: days off besides weekends, with the name of the holiday.
        working_weekend_days: days worked although they are a weekend (làm bù) or a holiday.
        known_from: first day the data covers; None: no lower bound.
        known_until: last day the data covers; None: no upper bound.
        uncertain_days: days whose plan has not been announced when the data was made.
    """

    holidays: Mapping[date, str] = field(default_factory=dict)
    working_weekend_days: frozenset[date] = frozenset()
    known_from: date | None = None
    known_until: date | None = None
    uncertain_days: frozenset[date] = frozenset()

    def is_working_day(self, on: date) -> bool:
        """Tell whether a day is worked: Monday to Friday without holidays, plus make-up days.

        Source: Bộ luật Lao động 2019, Điều 112; working days are the practice, no press decree defines them.
        """
        if on in self.working_weekend_days:
            return True
        return on.weekday() < _SATURDAY and on not in self.holidays

    def next_working_day(self, on: date) -> date:
        """Give the day itself when it is worked, else the first working day after it.

        Source: Bộ luật Dân sự 2015, Điều 148 khoản 5.
        """
        while not self.is_working_day(on):
            on += _DAY
        return on

    def previous_working_day(self, on: date) -> date:
        """Give the day itself when it is worked, else the last working day before it."""
        while not self.is_working_day(on):
            on -= _DAY
        return on

    def add_working_days(self, on: date, count: int) -> date:
        """Give the working day that is ``count`` working days away; the starting day is not counted.

        Args:
            on: any day.
            count: working days to go on, or back when negative; 0: the day itself or the next worked one.
        """
        if count == 0:
            return self.next_working_day(on)
        step = _DAY if count > 0 else -_DAY
        left = abs(count)
        while left:
            on += step
            left -= self.is_working_day(on)
        return on

    def day_off_name(self, on: date) -> str:
        """Give the name of the holiday on a day, or an empty text."""
        return "" if on in self.working_weekend_days else self.holidays.get(on, "")

    def uncertain_between(self, first: date, last: date) -> bool:
        """Tell whether a stretch of days holds one whose plan is not known for certain."""
        if (self.known_from and first < self.known_from) or (self.known_until and last > self.known_until):
            return True
        return any(first <= day <= last for day in self.uncertain_days)

    def missing_years(self, first: date, last: date) -> tuple[int, ...]:
        """Give the years of a stretch of days for which there is no table of days off at all."""
        from_year = self.known_from.year if self.known_from else first.year
        until_year = self.known_until.year if self.known_until else last.year
        return tuple(year for year in range(first.year, last.year + 1) if not from_year <= year <= until_year)

    def with_local(
        self, holidays: Mapping[date, str], working_days: Iterable[date] = ()
    ) -> "WorkingCalendar":
        """Give this calendar with the agency's own days laid over it.

        Args:
            holidays: the agency's own days off, with their names.
            working_days: days the agency works although the calendar has them off.

        Returns:
            A new calendar; a day the agency has decided on is no longer uncertain.
        """
        worked = frozenset(working_days)
        return replace(
            self,
            holidays={**self.holidays, **holidays},
            working_weekend_days=(self.working_weekend_days - frozenset(holidays)) | worked,
            uncertain_days=self.uncertain_days - frozenset(holidays) - worked,
        )


def parse_calendar(files: Mapping[str, Mapping[str, object]]) -> WorkingCalendar:
    """Give the calendar that one data file per year describes.

    Args:
        files: file name → its content: ``year``, ``source``, ``confidence`` and the lists
            ``holiday`` (``from``, perhaps ``to``, ``name``), ``working_weekend`` (``on``) and
            ``uncertain`` (``from``, ``to``).

    Raises:
        UserError: ``calendar_malformed``, naming the file and the key; also when a year between is missing.
    """
    holidays: dict[date, str] = {}
    worked: set[date] = set()
    uncertain: set[date] = set()
    for name, content in files.items():
        for row in _rows(name, content, "holiday"):
            holidays.update(dict.fromkeys(_span(name, row), _text(name, row, "name")))
        for row in _rows(name, content, "uncertain"):
            uncertain.update(_span(name, row))
        worked.update(_day(name, row, "on") for row in _rows(name, content, "working_weekend"))
    years = sorted(_year(name, content) for name, content in files.items())
    if not years or years != list(range(years[0], years[-1] + 1)):
        raise UserError("calendar_malformed", file="*", key="year")
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    return WorkingCalendar(holidays, frozenset(worked), first, last, frozenset(uncertain))


_KEYS = frozenset({"year", "source", "confidence", "note", "holiday", "working_weekend", "uncertain"})


def _year(file: str, content: Mapping[str, object]) -> int:
    year = content.get("year")
    unknown = sorted(set(content) - _KEYS)
    if type(year) is not int or unknown:
        raise UserError("calendar_malformed", file=file, key=", ".join(unknown) or "year")
    return year


def _rows(file: str, content: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    rows = content.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise UserError("calendar_malformed", file=file, key=key)
    return rows


def _span(file: str, row: Mapping[str, object]) -> list[date]:
    first = _day(file, row, "from")
    last = _day(file, row, "to") if "to" in row else first
    if not first <= last <= first + 60 * _DAY:
        raise UserError("calendar_malformed", file=file, key="to")
    return [first + number * _DAY for number in range((last - first).days + 1)]


def _day(file: str, row: Mapping[str, object], key: str) -> date:
    value = row.get(key)
    if type(value) is not date:
        raise UserError("calendar_malformed", file=file, key=key)
    return value


def _text(file: str, row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value:
        raise UserError("calendar_malformed", file=file, key=key)
    return value
