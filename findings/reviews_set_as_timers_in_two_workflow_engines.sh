#!/usr/bin/env bash
# Reviews of a plan "every month" and "every three months", set as BPMN timer cycles, in two engines.
# SpiffWorkflow 3.2.0 works out the first term in seconds and repeats those: a monthly review from
# 1 February comes every 28 days, 13 times within the year, and a review each three months from
# 30 November every 92, so that the fourth is three days late. The time parser of bpmn-elements
# 17.3.0 (piso 5.1.2) counts each term from the start, but lets the day run over: from 31 January
# there is no review in February and two in March. "One month from 31 January" ends on 3 March in
# both, so a deadline laid by either is three days later than the last day of February. A list of
# days, laid from one anchor and cut to the month's last day, agrees in every engine.
# Exits non-zero when the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export TZ=UTC
python3 -m venv "$work/v"
"$work/v/bin/pip" install -q --disable-pip-version-check SpiffWorkflow==3.2.0 \
  >"$work/log" 2>&1 || { cat "$work/log"; exit 2; }
cd "$work"
npm init -y >/dev/null 2>&1
npm i --silent --no-audit --no-fund bpmn-elements@17.3.0 @0dep/piso@5.1.2 >>"$work/log" 2>&1 \
  || { cat "$work/log"; exit 2; }
"$work/v/bin/python" - <<'PY'
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition


def reviews(cycle):
    times, start, term = TimerEventDefinition.parse_iso_recurring_interval(cycle)
    return [str((start + term * number).date()) for number in range(1, times + 1)]


monthly = reviews("R13/2026-02-01/P1M")
quarterly = reviews("R4/2026-11-30/P3M")
from_the_end = reviews("R3/2026-01-31/P1M")
print("SpiffWorkflow:", monthly, quarterly, from_the_end)
assert monthly[:2] == ["2026-03-01", "2026-03-29"] and monthly[-1] == "2027-01-31", "changed"
assert quarterly == ["2027-03-02", "2027-06-02", "2027-09-02", "2027-12-03"], "changed"
assert from_the_end == ["2026-03-03", "2026-04-03", "2026-05-04"], "changed"
PY
cat >reviews.mjs <<'JS'
import { parseInterval } from '@0dep/piso';

function reviews(cycle, start) {
  const interval = parseInterval(cycle);
  const days = [];
  let now = new Date(start);
  for (let number = 0; number < interval.repeat; number += 1) {
    now = interval.getExpireAt(new Date(now.getTime() + 1000));
    days.push(now.toISOString().slice(0, 10));
  }
  return days;
}

const seen = [
  reviews('R3/2026-01-31/P1M', '2026-01-31T00:00:00Z'),
  reviews('R4/2026-11-30/P3M', '2026-11-30T00:00:00Z'),
];
console.log('bpmn-elements, piso:', JSON.stringify(seen));
const known = '[["2026-03-03","2026-03-31","2026-05-01"],["2027-03-02","2027-05-30","2027-08-30","2027-11-30"]]';
if (JSON.stringify(seen) !== known) { console.error('changed'); process.exit(1); }
JS
node reviews.mjs
