"""The page of the laws of packs tells each law and each standing as the code does."""

from rehabcore.jurisdictions.pack_laws.checking import PACK_LAWS
from rehabcore.jurisdictions.pack_laws.findings import PackStanding
from tests.kit.pages import page, rows

PAGE = page("reference/pack-laws.md")


def test_every_law_is_told_as_it_is_stated_and_cited() -> None:
    told = rows(r"^\| `(\w+)` \| (.+) \| (\d) \|$", PAGE)
    numbers = [law.cite.partition("no. ")[2].partition(":")[0] for law in PACK_LAWS]
    laws = zip(PACK_LAWS, numbers, strict=True)
    assert told == [(law.law_id, law.statement, number) for law, number in laws]


def test_every_standing_is_told() -> None:
    told = rows(r"^\| `(\w+)` \| [^|]+ \|$", PAGE)
    assert [name for (name,) in told] == [standing.value for standing in PackStanding]
