"""Nothing in a country looks surer than it is: drafts stay drafts, and stamps are not written."""

from pathlib import Path

import pytest

from rehabcore import jurisdictions
from rehabcore.rules.judging.verdicts import is_draft

XX = jurisdictions.load("xx")

PACK = """
id = "local"
version = "1"
extends = "xx"
title = { en = "Local" }
about = { en = "Local rules." }
languages = ["en"]
"""
SOURCES = """
[[sources]]
source_id = "order"
title = "Order"
publisher = "Nobody (fictional)"
dated = "2026"
"""


def overlay(folder: Path, pack: str = PACK, **files: str) -> jurisdictions.Jurisdiction:
    """An overlay on the fictional country, with a source that may be cited."""
    for name, text in {"pack": pack, "sources": SOURCES, **files}.items():
        folder.joinpath(f"{name}.toml").write_text(text, "utf-8")
    return jurisdictions.load(folder)


# --- what rests on a draft ----------------------------------------------------------------

_REVIEWED = 'cite = ["order"]\nstatus = "reviewed"\n'
_AGES = '{ fact = "age", under = "25 years", cite = ["order"] }'


def _score(said: str, when: str = _AGES, name: str = "young") -> str:
    title = f'[[scores]]\nid = "{name}"\ntitle = {{ en = "Points" }}\n'
    return f"{title}{said}parts = [{{ points = 1, when = {when} }}]\n"


def _asks(points: str) -> str:
    return f'{{ fact = "score_{points}", at_least = 1, cite = ["order"] }}'


_COMPARED = """
[[comparisons]]
id = "terms"
title = { en = "Release and end" }
one = { fact = "time_to_earliest_release" }
other = { fact = "sentence_remaining" }
"""
_ON_COMPARED = '{ fact = "compared_terms", is = "later", cite = ["order"] }'


@pytest.mark.parametrize(
    ("derived", "draft"),
    [
        (_score(_REVIEWED), False),
        (_score(""), True),
        (_score(_REVIEWED, '{ fact = "age", under = "25 years" }'), True),
        (_score(_REVIEWED, f'{{ all = [{_AGES}], status = "draft" }}'), True),
        (_score("", name="first") + _score(_REVIEWED, _asks("first")), True),
        (_score(_REVIEWED, name="first") + _score(_REVIEWED, _asks("first")), False),
        (_COMPARED + _score(_REVIEWED, _ON_COMPARED), True),
        (_COMPARED + _REVIEWED + _score(_REVIEWED, _ON_COMPARED), False),
    ],
    ids=[
        *("reviewed", "draft", "uncited-part", "draft-part", "on-a-draft", "on-a-reviewed"),
        *("on-a-draft-comparison", "on-a-reviewed-comparison"),
    ],
)
def test_a_rule_is_no_surer_than_the_derived_fact_that_it_asks(
    derived: str, draft: bool, tmp_path: Path
) -> None:
    rules = '[rules.young]\nfact = "score_young"\nat_least = 1\ncite = ["order"]\n'
    country = overlay(tmp_path, derived=derived, rules=rules)
    assert is_draft(country.rules["young"]) is draft
