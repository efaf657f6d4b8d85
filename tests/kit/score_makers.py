"""An invented instrument that has every feature which storing, explaining and asking must carry."""

from datetime import date
from typing import Any

from rehabcore import instruments
from rehabcore.instruments import Respondent, ScoreResult
from rehabcore.instruments.model.requests import Given
from rehabcore.strict.vocabulary import Sex

ON = date(2026, 3, 1)
AUDIT = instruments.find("audit")

INVENTED = """
[instrument]
id = "xx-mood"
tool = "XX-MOOD"
title = "Invented <moods> & more"
edition = "8 items"
higher_means = "more of it"

[validity]
population = "invented adults"
made_in = ["xx"]
recall_days = 14
administered_by = "anyone"
reassess_after = "6 months"

[licence]
class = "public_domain"
holder = "nobody"
notice = "Invented."

[[source]]
id = "paper"
cite = "an invented <paper>"
tier = "A"

[[source]]
id = "hearsay"
cite = "said to be so"
tier = "O"

[[choices]]
id = "form"
values = ["long", "short"]
default = "long"

[[items]]
numbers = ["1", "2", "3"]
values = [0, 1, 2, 3]
not_applicable = true
sentinels = { 9 = "refused" }

[[items]]
numbers = ["gate"]
yes_no = true

[[items]]
numbers = ["behind"]
whole = [0, 10]
unit = "times a week"

[[items]]
numbers = ["money"]
amount = [0, "open"]

[[items]]
numbers = ["day"]
day = true

[[items]]
numbers = ["code"]
codes = ["none", "some", "much"]

[[items]]
numbers = ["extra"]
whole = [0, 1]
when = { form = "long" }

[[keying]]
reverse = ["3"]

[[gates]]
item = "gate"
closed_at = 0
items = ["behind"]
score = 2

[missing]
policy = "prorate"
max_missing = 1
not_applicable = "prorate"

[norms]
cut = [
  { when = { sex = "female" }, value = 3, source = "paper", note = "the lower one" },
  { when = { sex = "male", ages = [18, 99] }, value = 4.5, source = "paper", from = 2020-01-01 },
  { when = { sex = "other" }, value = 4, source = "hearsay" },
]

[scales.mood]
sum = ["1", "2", "3"]
range = [0, 9]

[scales.mean]
mean = ["1", "2", "3"]
range = [0, 3]

[scales.mixed]
plus = ["mood", { of = "behind", times = 0.5 }, 1]
minus = ["extra"]
not_monotone = true

[scales.wealth]
of = "money"
fn = "ln1p"
unrounded = true

[scales.days]
months_between = ["day", "on"]
falls_with = ["day"]

[scales.coded]
of = "code"
points = { none = 0, some = 2, much = 5 }

[bands.level]
of = "mood"
source = "paper"
table = [
  { from = 0, below = 3, label = "low" },
  { from = 3, below = 6, label = "middle" },
  { from = 6, to = 9, label = "high" },
]

[bands.by_sex]
of = "mood"
tables = [
  { when = { sex = "female" }, source = "paper", from = 2026-01-01, to = 2027-01-01, table = [
    { from = 0, below = 5, why = "sex_not_stated" }, { from = 5, to = 9, label = "up" } ] },
  { when = { sex = "other" }, source = "hearsay", table = [ { from = 0, to = 9, label = "any" } ] },
]

[bands.share]
of = "mean"
source = "paper"
table = [
  { from = 0, below = 1.5, label = "less" },
  { from = 1.5, below = "open", label = "more" },
]

[bands.rare]
of = "mood"
on_request = true
source = "paper"
table = [ { from = 0, to = 9, label = "there" } ]

[nearest.group]
of = "mood"
source = "paper"
means = { calm = 1.2, stirred = 7 }

[flags.high]
of = "mood"
at_least = "cut"
source = "paper"

[flags.alarm]
of = "3"
at_least = 3
critical = true
source = "paper"

[[checks]]
code = "odd"
when = { all = [ { of = "1", equals = 3 }, { of = "2", equals = 0 } ] }
about = "the first without the second"
items = ["1", "2"]
voids = ["mean"]
"""
UNREAD = INVENTED.replace('of = "money"\n', 'of = "money"\nsource = "hearsay"\n')
MOOD = instruments.read_instrument(INVENTED)

ANSWERS: dict[str, Given | None] = {
    "1": 1,
    "2": 2,
    "3": 3,
    "gate": True,
    "behind": 5,
    "money": 12.5,
    "day": date(2025, 3, 2),
    "code": "some",
    "extra": 1,
}
HOW = ("choices", "keyed", "tables", "unread")
WOMAN = Respondent(sex=Sex.FEMALE, birth_date=date(1990, 5, 5), jurisdiction="xx")


def mood(respondent: Respondent = WOMAN, **changed: Any) -> ScoreResult:
    """The invented instrument, with answers changed by name; ``_1`` is the item ``1``."""
    how = {key: changed.pop(key) for key in HOW if key in changed}
    answers = ANSWERS | {name.removeprefix("_"): answer for name, answer in changed.items()}
    answers = {item: answer for item, answer in answers.items() if answer is not None}
    return instruments.score(MOOD, answers, on=ON, respondent=respondent, **how)


def audit(*answers: int | None, **how: Any) -> ScoreResult:
    """AUDIT, with answers in the order of the form."""
    given = {str(place): answer for place, answer in enumerate(answers, 1)}
    return instruments.score(AUDIT, given, on=ON, **how)
