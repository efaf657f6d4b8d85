#!/usr/bin/env bash
# Terms of working days (an appeal in ten working days, a report in three) in three countries of
# this field, with two well-kept libraries of holidays. workalendar 17.0.0 counts Ukraine's
# holidays as days off in 2026; holidays 0.109 has none for that country since 2023, because
# martial law suspended them. workalendar also lacks 6 and 7 January in Romania and 17 May in
# Georgia, which holidays has. So one term of five working days ends on two days, in silence; a
# country that is not there at all (Moldova in workalendar) is at least noticed.
# Exits non-zero when the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/v"
"$work/v/bin/pip" install -q --disable-pip-version-check holidays==0.109 workalendar==17.0.0 \
  >"$work/log" 2>&1 || { cat "$work/log"; exit 2; }
"$work/v/bin/python" -W ignore - <<'PY'
from datetime import date, timedelta

import holidays
from workalendar import europe


def check(what, seen, expected):
    print(f"{what}: {seen!r}")
    assert seen == expected, f"changed: expected {expected!r}"


def differ(one, code, year):
    ours = {day for day, _ in one().holidays(year)}
    theirs = set(holidays.country_holidays(code, years=year))
    return len(ours), len(theirs), sorted(map(str, theirs - ours))


def fifth_working_day(after, off):
    left, day = 5, after
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5 and day not in off
    return str(day)


check("Ukraine 2026", differ(europe.Ukraine, "UA", 2026), (13, 0, []))
check("Romania 2026", differ(europe.Romania, "RO", 2026)[2], ["2026-01-06", "2026-01-07"])
check("Georgia 2026", differ(europe.Georgia, "GE", 2026)[2], ["2026-05-17"])
for name, code, anchor, expected in (
    ("Ukraine", "UA", date(2026, 4, 9), ("2026-04-20", "2026-04-16")),
    ("Romania", "RO", date(2026, 1, 2), ("2026-01-09", "2026-01-13")),
):
    country = getattr(europe, name)()
    laid = str(country.add_working_days(anchor, 5))
    check(name, (laid, fifth_working_day(anchor, holidays.country_holidays(code))), expected)
check("Moldova in workalendar", hasattr(europe, "Moldova"), False)
PY
