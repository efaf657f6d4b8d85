#!/usr/bin/env bash
# Days that are known only in part, in EDTF (the extension of ISO 8601 for them), in two libraries
# made for it. edtf 5.0.2 gives an end that nobody recorded ('2026-03/') a day exactly ten years
# later, and the beginning that nobody recorded ten years earlier; it calls 1980 certainly not
# after 1980-05-05 and certainly before every day of May. undate 0.8.0 keeps both open, but no
# longer tells an unknown end from one that goes on, refuses to compare or sort a year with a day
# in it, and cannot make a span that begins and ends on one day, since both ends count there. A
# file that went through the one has certain days that nobody stated; through the other it loses
# which spans go on, and stays of one day.
# Exits non-zero when the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/v"
"$work/v/bin/pip" install -q --disable-pip-version-check edtf==5.0.2 undate==0.8.0 \
  >"$work/log" 2>&1 || { cat "$work/log"; exit 2; }
"$work/v/bin/python" -W ignore - <<'PY'
from time import strftime

from edtf import parse_edtf
from undate import Undate, UndateInterval


def check(what, seen, expected):
    print(f"{what}: {seen!r}")
    assert seen == expected, f"changed: expected {expected!r}"


def refused(act):
    try:
        act()
    except (NotImplementedError, ValueError) as error:
        return type(error).__name__
    return "taken"


def day(moment):
    return moment if isinstance(moment, float) else strftime("%Y-%m-%d", moment)


def edges(text):
    read = parse_edtf(text)
    return day(read.lower_strict()), day(read.upper_strict())


check("edtf, end unknown", edges("2026-03/"), ("2026-03-01", "2036-03-01"))
check("edtf, end open", edges("2026-03/.."), ("2026-03-01", float("inf")))
check("edtf, start unknown", edges("/2026-03"), ("2016-03-31", "2026-03-31"))
year, may, fifth = (parse_edtf(text) for text in ("1980", "1980-05", "1980-05-05"))
check("edtf, year and day", (year <= fifth, year >= fifth, year < may), (True, False, True))

read = [str(Undate.parse(text, "EDTF")) for text in ("2026-03/", "2026-03/..")]
check("undate, end unknown and open", read, ["2026-03/", "2026-03/"])
year, fifth = Undate(1980), Undate(1980, 5, 5)
check("undate, year and day", refused(lambda: year <= fifth), "NotImplementedError")
check("undate, sorted", refused(lambda: sorted([year, fifth])), "NotImplementedError")
one, two = Undate(2026, 3, 1), Undate(2026, 3, 2)
check("undate, one day", refused(lambda: UndateInterval(one, one)), "ValueError")
check("undate, two days", UndateInterval(one, two).duration().days, 2)
PY
