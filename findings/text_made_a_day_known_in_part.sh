#!/usr/bin/env bash
# Words of files ("9-10 July", "by 2017", "between 1980 and 1985") made days that are known in part
# by edtf 5.0.2, the library that offers it. '9-10 July' becomes 10 July 2009: a year that nobody
# wrote. 'by 2017' becomes some day in 2017, and 'since 2015' a span whose unknown end the same
# library puts on 2025-01-01. '01.02.2026', as written in the countries of this field, becomes 2
# January. 'between 1980 and 1985' gives nothing. Partial days have to come from people or from
# fields of their own, never from a guess at words.
# Exits non-zero when the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/v"
"$work/v/bin/pip" install -q --disable-pip-version-check edtf==5.0.2 \
  >"$work/log" 2>&1 || { cat "$work/log"; exit 2; }
"$work/v/bin/python" -W ignore - <<'PY'
from time import strftime

from edtf import parse_edtf, text_to_edtf

expected = {
    "9-10 July": "2009-07-10",
    "by 2017": "2017",
    "since 2015": "2015/",
    "before 2017": "/2017",
    "between 1980 and 1985": None,
    "01.02.2026": "2026-01-02",
}
seen = {text: text_to_edtf(text) for text in expected}
print(seen)
assert seen == expected, f"changed: expected {expected!r}"
end = strftime("%Y-%m-%d", parse_edtf(seen["since 2015"]).upper_strict())
print("since 2015, its end:", end)
assert end == "2025-01-01", "changed"
PY
