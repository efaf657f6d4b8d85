#!/usr/bin/env bash
# Terms compared in FHIRPath ("three months to serve", "more than a year left"), in two engines.
# fhirpath.js 5.2.2 takes a month for 30 days: '3 months = 90 days' is true and '3 months < 92 days'
# too, though from 31 May back it is 92. A year is both 12 months and 365 days, 12 months are 360
# days, and so 12 months are not 365: equal to one thing is not equal to each other. fhirpathpy
# 2.2.4 calls the same equalities false, and has no other comparison of terms: it ends in a
# TypeError. In both, a month known in part less 90 days is one certain month. A rule that compares
# terms without laying them on a calendar opens a door in the browser, closes it on the server, and
# cannot be asked at all with 'at least'. Terms laid from a day agree in both.
# Exits non-zero when the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/v"
"$work/v/bin/pip" install -q --disable-pip-version-check fhirpathpy==2.2.4 \
  >"$work/log" 2>&1 || { cat "$work/log"; exit 2; }
cd "$work"
npm init -y >/dev/null 2>&1
npm i --silent --no-audit --no-fund fhirpath@5.2.2 >>"$work/log" 2>&1 || { cat "$work/log"; exit 2; }
cat >"$work/asked.json" <<'JSON'
["3 months = 90 days", "1 year = 12 months", "1 year = 365 days", "12 months = 360 days",
 "12 months = 365 days", "3 months < 92 days", "1 year > 364 days",
 "@2026-05-31 - 3 months = @2026-05-31 - 92 days", "(@2026-05 - 90 days).toString()"]
JSON
"$work/v/bin/python" -W ignore - "$work" <<'PY'
import json
import sys
from pathlib import Path

from fhirpathpy import evaluate
from fhirpathpy.models import models


def answer(path):
    try:
        return evaluate({"resourceType": "Patient"}, path, {}, models["r4"])
    except TypeError:
        return "TypeError"


seen = [answer(path) for path in json.loads(Path(sys.argv[1], "asked.json").read_text())]
print("fhirpathpy:", seen)
assert seen == [
    [False], [True], [False], [False], [False], "TypeError", "TypeError", [True], ["2026-02"]
], "changed"
PY
node - <<'JS'
const fhirpath = require('fhirpath');
const r4 = require('fhirpath/fhir-context/r4');
const seen = require('./asked.json').map(
  (path) => fhirpath.evaluate({ resourceType: 'Patient' }, path, {}, r4));
console.log('fhirpath.js:', JSON.stringify(seen));
const known = '[[true],[true],[true],[true],[false],[true],[true],[true],["2026-02"]]';
if (JSON.stringify(seen) !== known) { console.error('changed'); process.exit(1); }
JS
