#!/usr/bin/env bash
# A course told as a recurrence of RFC 5545, in three libraries that read its calendar files. "Ten
# sessions" and "four last working days of a month" begin on the day of signing, which the rule
# itself need not name. python-dateutil 2.9.0 gives the days of the rule alone. icalendar 7.3.2 with
# recurring-ical-events 3.8.2 gives the day of signing and then as many days as the rule counts, so
# one session more; ical.js 2.2.1 takes the day of signing as one of the counted days where the rule
# picks by position, so one of the rule's days is lost, but not where it picks by weekday. A review
# every year of a plan signed on 29 February comes every fourth year in the first two, and each 1
# March in ical.js, although the standard says that a day that does not exist is left out. The dose
# delivered, the end of the course and the next review so depend on who opened the file.
# Exits non-zero when the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/v"
"$work/v/bin/pip" install -q --disable-pip-version-check python-dateutil==2.9.0.post0 \
  icalendar==7.3.2 recurring-ical-events==3.8.2 >"$work/log" 2>&1 || { cat "$work/log"; exit 2; }
cd "$work"
npm init -y >/dev/null 2>&1
npm i --silent --no-audit --no-fund ical.js@2.2.1 >>"$work/log" 2>&1 || { cat "$work/log"; exit 2; }
cat >"$work/courses.json" <<'JSON'
[["2026-03-03", "FREQ=WEEKLY;BYDAY=MO;COUNT=3"],
 ["2026-03-02", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3"],
 ["2028-02-29", "FREQ=YEARLY;COUNT=2"]]
JSON
"$work/v/bin/python" -W ignore - <<'PY'
import json
from datetime import datetime
from pathlib import Path

import recurring_ical_events
from dateutil.rrule import rrulestr
from icalendar import Calendar

FILE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//course//EN
BEGIN:VEVENT
UID:course
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:{day}
RRULE:{rule}
END:VEVENT
END:VCALENDAR
"""


def by_dateutil(start, rule):
    return [str(day.date()) for day in rrulestr(rule, dtstart=datetime.fromisoformat(start))]


def by_icalendar(start, rule):
    text = FILE.format(day=start.replace("-", ""), rule=rule).replace("\n", "\r\n")
    events = recurring_ical_events.of(Calendar.from_ical(text)).between((2026, 1, 1), (2040, 1, 1))
    return sorted(str(event["DTSTART"].dt) for event in events)


courses = json.loads(Path("courses.json").read_text())
rules_alone = [by_dateutil(*course) for course in courses]
with_the_start = [by_icalendar(*course) for course in courses]
print("python-dateutil:", rules_alone)
print("recurring-ical-events:", with_the_start)
assert rules_alone == [
    ["2026-03-09", "2026-03-16", "2026-03-23"],
    ["2026-03-31", "2026-04-30", "2026-05-29"],
    ["2028-02-29", "2032-02-29"],
], "changed"
assert with_the_start == [
    ["2026-03-03", "2026-03-09", "2026-03-16", "2026-03-23"],
    ["2026-03-02", "2026-03-31", "2026-04-30", "2026-05-29"],
    ["2028-02-29", "2032-02-29"],
], "changed"
PY
cat >read.mjs <<'JS'
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';
const seen = JSON.parse(readFileSync('courses.json', 'utf8')).map(([start, rule]) => {
  const days = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromDateString(start));
  const found = [];
  for (let day = days.next(); day; day = days.next()) found.push(day.toString());
  return found;
});
console.log('ical.js:', JSON.stringify(seen));
const known = JSON.stringify([
  ['2026-03-09', '2026-03-16', '2026-03-23'],
  ['2026-03-02', '2026-03-31', '2026-04-30'],
  ['2028-02-29', '2029-03-01']]);
if (JSON.stringify(seen) !== known) { console.error('changed'); process.exit(1); }
JS
node read.mjs
