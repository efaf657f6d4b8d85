"""The country in a result: its facts, sources, words, programmes and rules, as tables.

They are the same in all results of one country. So each is written once and read once, and kept.
Objects are told apart by what they are (``is``), and what was stored by its content and types.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import NoneType
from typing import Any, get_args

import attrs
from attrs import evolve

from rehabcore.casework.results import Grounds
from rehabcore.exchange.tables import lists_of, rows_of, tabled
from rehabcore.exchange.words import MOST_BARE_IDS, short_word, whole_word
from rehabcore.programs import Program
from rehabcore.records import Glossary
from rehabcore.rules.criteria import Asked, Criterion
from rehabcore.rules.data.criterion_forms import CriterionReader
from rehabcore.rules.data.plain import plain_forms
from rehabcore.rules.data.rule_tables import RuleWriter, read_rules
from rehabcore.rules.data.verdict_forms import read_asked
from rehabcore.rules.differences.kinds import RuleDifference
from rehabcore.rules.facts import Fact
from rehabcore.rules.judging.over_time import VerdictTimeline
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.near.near_misses import NearMisses
from rehabcore.rules.sources import Citation, Source, Text, read_text, write_text
from rehabcore.strict.canonical import canonical_text
from rehabcore.strict.frozen import stated_fields
from rehabcore.strict.problems import Problems, missing_key, unknown_keys
from rehabcore.strict.same import Same
from rehabcore.strict.structure import Codec, Form

KEPT = 16
"""How many parts of each kind are kept, as text and as objects."""


# --- the codec of results -----------------------------------------------------------------


def _read_text(plain: object) -> Text:
    return read_text({"en": plain} if isinstance(plain, str) else plain)


def _write_text(text: Text) -> object:
    written = write_text(text)
    return written["en"] if [*written] == ["en"] else written


def _read_citations(plain: object) -> tuple[Citation, ...]:
    if isinstance(plain, str):
        return (Citation.parse(plain),)
    return _CITED.read(plain, tuple[Citation, ...])


def _write_citations(cite: tuple[Citation, ...]) -> object:
    written = list(map(str, cite))
    return written[0] if len(written) == 1 else written


_CITED = Codec(plain_forms())


def _as_it_is(value: Any) -> Any:
    return value


_TAKEN = (
    *(Grounds, Verdict, NearMisses, VerdictTimeline, RuleDifference),
    *(Criterion, Criterion | None),
)
RESULT_FORMS = (
    *plain_forms(),
    Form(type=Text, read=_read_text, write=_write_text),
    Form(type=tuple[Citation, ...], read=_read_citations, write=_write_citations),
    *(Form(type=kind, read=_as_it_is, write=_as_it_is) for kind in _TAKEN),
)
"""The forms of what stands in results."""

RESULT_CODEC = Codec(RESULT_FORMS)
"""The codec of results and of their parts.

It takes as it is what is written and read by reference: grounds, rules and whatever was judged.
"""


OWN_RULES = ("audience", "entry")
"""The fields of a programme that are rules."""


# --- writing ------------------------------------------------------------------------------


@lru_cache(maxsize=KEPT)
def written_rows(records: Same) -> str:
    """The table of facts or of sources."""
    return canonical_text(tabled([RESULT_CODEC.write(record) for record in records.objects]))


@lru_cache(maxsize=KEPT)
def written_words(glossary: Same) -> str:
    """The table of the words of a country."""
    [words] = glossary.objects
    lists = {
        name: [short_word(row) for row in rows] for name, rows in RESULT_CODEC.write(words).items()
    }
    return canonical_text(tabled(lists))


@lru_cache(maxsize=KEPT)
def written_rules(
    rules: Same, programs: Same, origin: str
) -> tuple[str, str, Mapping[Criterion, str]]:
    """The tables of rules and of programmes, and the names of the rules."""
    others = [getattr(program, name) for program in programs.objects for name in OWN_RULES]
    others = [criterion for criterion in others if criterion is not None]
    writer = RuleWriter(rules.objects, others, RESULT_CODEC, origin)
    rows = []
    for program in programs.objects:
        row = RESULT_CODEC.write(program)
        rows.append(row | {key: writer.refer(row[key]) for key in OWN_RULES if key in row})
    names = dict(zip(rules.objects, writer.names, strict=True))
    return canonical_text(writer.tables), canonical_text(tabled(rows)), names


# --- reading ------------------------------------------------------------------------------


class Content:
    """Plain data that other plain data equals if it says the same in the same types.

    An object that gives a key twice equals nothing, nor does what no JSON text can be.
    """

    __slots__ = ("key", "plain", "text")

    def __init__(self, plain: Any) -> None:
        self.plain = plain
        self.text = canonical_text(plain)
        """Its canonical JSON."""
        self.key: object = self.text if _is_exact(plain) else object()

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Content) and self.key == other.key


Contents = Mapping[str, Content]
"""The parts of the data of a result that are the same in all results of one country, by name."""


def contents_of(data: object) -> Contents:
    """The parts of the data of a result that are the same in all results of one country."""
    whole = data if isinstance(data, dict) else {}
    grounds, known = whole.get("grounds"), whole.get("known")
    parts = {"rules": whole.get("rules")}
    if isinstance(grounds, dict):
        parts |= {name: grounds[name] for name in _OF_GROUNDS if name in grounds}
    if isinstance(known, dict):
        parts["asked"] = known.get("asked")
    return {name: Content(part) for name, part in parts.items()}


_OF_GROUNDS = ("facts", "sources", "glossary", "programs")


def canonical_data(data: object, contents: Contents) -> str:
    """The canonical JSON of the data of a result, from that of its parts."""
    if not isinstance(data, dict):
        return canonical_text(data)
    texts = {id(content.plain): content.text for content in contents.values()}

    def text(plain: object, levels: int) -> str:
        if id(plain) in texts:
            return texts[id(plain)]
        if levels and isinstance(plain, dict):
            pairs = sorted((key, text(one, levels - 1)) for key, one in plain.items())
            return f"{{{','.join(f'{canonical_text(key)}:{one}' for key, one in pairs)}}}"
        if isinstance(plain, list):
            # A few hundred at a time, as an encoder needs ten times the room of the text it makes.
            starts = range(0, len(plain), _AT_A_TIME)
            some = (canonical_text(plain[start : start + _AT_A_TIME])[1:-1] for start in starts)
            return f"[{','.join(some)}]"
        return canonical_text(plain)

    return text(data, 2)


_AT_A_TIME = 256


def _is_exact(plain: object) -> bool:
    """Whether plain data is of the very types that a parser of JSON makes, every key given once.

    Their canonical JSON then tells apart all that differs. A tuple looks like a list in it, and a
    key that was given twice is gone.
    """
    ahead: list[Any] = [plain]
    for one in ahead:
        kind = type(one)
        if kind is dict:
            ahead += one.values()
        elif kind is list:
            ahead += one
        elif kind not in _SCALARS:
            return False
    return True


_SCALARS = {str, int, float, bool, NoneType}


@lru_cache(maxsize=KEPT)
def read_facts(table: Content) -> tuple[Fact, ...]:
    """The declared facts of their table."""
    return _read_rows(table, Fact)


@lru_cache(maxsize=KEPT)
def read_sources(table: Content) -> tuple[Source, ...]:
    """The sources of their table."""
    return _read_rows(table, Source)


def _read_rows(table: Content, kind: type[Any]) -> tuple[Any, ...]:
    problems = Problems()
    records = [
        problems.at(f"rows[{number}]", RESULT_CODEC.read, row, kind)
        for number, row in enumerate(rows_of(table.plain))
    ]
    problems.done()
    return tuple(records)


@lru_cache(maxsize=KEPT)
def read_glossary(table: Content) -> Glossary:
    """The words of their table."""
    problems = Problems()
    lists, fields = lists_of(table.plain), stated_fields(Glossary)
    needed = [name for name, _, default in fields if default is attrs.NOTHING]
    types = {name: wanted for name, wanted, _ in fields}
    problems.add(*(missing_key(f"rows.{name}") for name in needed if name not in lists))
    problems.add(*unknown_keys(lists, types, "rows"))
    problems.done()
    # Row by row, so that there is never more of a row than its record.
    bare = iter(range(MOST_BARE_IDS))
    words: dict[str, Any] = {
        name: tuple(
            problems.at(f"rows.{name}[{number}]", RESULT_CODEC.read, whole_word(row, bare), kind)
            for number, row in enumerate(rows)
        )
        for name, rows in lists.items()
        for kind in get_args(types[name])[:1]
    }
    problems.done()
    glossary = problems.at("rows", Glossary, **words)
    problems.done()
    return glossary


@lru_cache(maxsize=KEPT)
def read_law(
    rules: Content, programs: Content, facts: Content, origin: str
) -> tuple[Mapping[str, Criterion], tuple[Program, ...]]:
    """The rules by name, and the programmes, of their tables."""
    problems = Problems()
    reader = _reader(read_facts(facts), origin)
    named = problems.at("rules", read_rules, rules.plain, reader)
    problems.done()
    of_rules = evolve(reader, rules=named, by_name=True)
    rows = problems.at("grounds.programs", rows_of, programs.plain) or ()
    read = [
        problems.at(f"grounds.programs.rows[{number}]", _program, row, of_rules)
        for number, row in enumerate(rows)
    ]
    problems.done()
    return named, tuple(read)


@lru_cache(maxsize=KEPT)
def read_asked_of(asked: Content, facts: Content) -> tuple[Asked, ...]:
    """All that was asked, of its list and the table of the facts."""
    return read_asked(asked.plain, _reader(read_facts(facts), ""))


def _reader(facts: tuple[Fact, ...], origin: str) -> CriterionReader:
    """The reader of criteria that ask these facts."""
    declared = {fact.name: fact for fact in facts}
    return CriterionReader(facts=declared, rules={}, codec=RESULT_CODEC, origin=origin)


def _program(row: dict[str, Any], reader: CriterionReader) -> Program:
    problems = Problems()
    read = {key: problems.at(key, reader.read, row[key]) for key in OWN_RULES if key in row}
    problems.done()
    return RESULT_CODEC.read({**row, **read}, Program)
