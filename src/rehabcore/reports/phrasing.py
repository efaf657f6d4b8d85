"""Criteria and verdicts in words: each comparison as a sentence, with its cell and its reasons."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property, lru_cache
from typing import TypeVar, cast

from attrs import field

from rehabcore.casework.results import Grounds
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.programs import Program
from rehabcore.questions import facts_of_kinds
from rehabcore.questions.derived.comparisons import COMPARED
from rehabcore.questions.families.events import LATEST
from rehabcore.records import Concept, ContinuityKind, EventKind, Glossary, PathwayKind
from rehabcore.reports.pages import Item
from rehabcore.reports.wording import Wording, with_notes
from rehabcore.rules.criteria import (
    About,
    AllOf,
    AnyOf,
    Asked,
    Compare,
    Criterion,
    Not,
    parts_of,
    written_alike,
)
from rehabcore.rules.data.day_forms import written_day
from rehabcore.rules.facts import (
    NEVER,
    Assumption,
    Cell,
    Fact,
    Known,
    Parameter,
    Shape,
    Takes,
    Unknown,
    Value,
)
from rehabcore.rules.judging.meaning import course
from rehabcore.rules.judging.verdicts import Verdict, is_draft
from rehabcore.rules.law.versions import NOT_ON_FILE
from rehabcore.rules.sources import Text
from rehabcore.rules.time.days import Span, Term
from rehabcore.rules.time.partial import EARLIEST_DAY, Day, PartialDay
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.rules.well_formed import SEPARATOR
from rehabcore.strict.checked import LATEST_YEAR
from rehabcore.strict.frozen import frozen
from rehabcore.strict.same import Same
from rehabcore.strict.vocabulary import ProgramId

_C = TypeVar("_C", bound=Criterion)
_S = TypeVar("_S", str, tuple[str, ...])
_OF_KIND = {"state": "state_{kind}", "value": "observed_{kind}"}
"""The parameters whose codes are values of a country's own kind, with their groups of titles."""


MOST_VOCABULARIES, MOST_SAID = 16, 4096
"""How many vocabularies are kept, and how many criteria that were said in each of them."""


@frozen(eq=False)
class _Words:
    """The words of a country: kinds of facts, titles of codes; and the criteria said in them."""

    kinds: dict[str, tuple[str, str]]
    titles: dict[str, dict[str, Text]]
    headings: dict[Criterion, tuple[Criterion, str]] = field(factory=dict)
    sentences: dict[Criterion, tuple[Criterion, str]] = field(factory=dict)
    stated: dict[Criterion, tuple[Criterion, tuple[str, ...]]] = field(factory=dict)


@lru_cache(maxsize=MOST_VOCABULARIES)
def _words_of(_language: str, given: Same) -> _Words:
    """The words of a glossary and of programmes, sorted once; each language has its own."""
    if not given.objects:
        return _Words({}, {})
    glossary, *programs = given.objects
    return _Words(facts_of_kinds(glossary), _titles(glossary, programs))


def _titles(glossary: Glossary, programs: Iterable[Program]) -> dict[str, dict[str, Text]]:
    """The titles that a country gives to the codes of each group."""
    kinds = (*glossary.observation_kinds, *glossary.state_kinds)
    events = glossary.event_kinds
    words: dict[str, Iterable[Concept | EventKind | ContinuityKind | PathwayKind]] = {
        "domain": glossary.need_domains,
        "need_level": glossary.need_levels,
        "risk_level": glossary.risk_levels,
        "responsivity_kind": glossary.responsivity_kinds,
        "languages": glossary.languages,
        "purpose": glossary.consent_purposes,
        "kind": events,
        "severity_at_least": [word for kind in events for word in kind.severities],
        "outcomes": [word for kind in events for word in kind.outcomes],
        "milestone": glossary.milestone_kinds,
        "offence_kind": glossary.offence_kinds,
        "subject": (*glossary.ruling_subjects, *glossary.requirement_subjects),
        "except_reasons": glossary.ruling_reasons,
        "register": glossary.registers,
        "item": glossary.checklist_items,
        "residency_reason": glossary.residency_reasons,
        "continuity_kind": glossary.continuity_kinds,
        "entitlement_kind": glossary.entitlement_kinds,
        "pathway": glossary.pathways,
        "support_need": glossary.support_needs,
        **{f"{prefix}_{k.id}": k.values for k in kinds for prefix in ("observed", "state")},
    }
    titles = {group: {word.id: word.title for word in some} for group, some in words.items()}
    named = {str(program.program_id): program.title for program in programs}
    return {**titles, "program": named, "subject": {**titles["subject"], **named}}


@frozen(slots=False)  # without slots, so that the words of its country are looked up once
class Phrasing:
    """Puts criteria and verdicts in words of one language and one country.

    ``grounds`` has the words of the country: the grounds of a result, or the country. Without it,
    codes are shown as they are. ``full`` includes every proof, folded if the form allows it.
    """

    wording: Wording
    grounds: Grounds | Jurisdiction | None
    full: bool = False

    # --- criteria -------------------------------------------------------------------------

    @cached_property
    def _words(self) -> "_Words":
        country = self.grounds
        given = () if country is None else (country.glossary, *country.programs)
        return _words_of(self.wording.language, Same(given))

    def heading(self, criterion: Criterion) -> str:
        """The title of a node; without one, its meaning."""
        return self._kept(self._words.headings, criterion, self._heading)

    @staticmethod
    def _kept(
        kept: dict[Criterion, tuple[Criterion, _S]], criterion: _C, say: Callable[[_C], _S]
    ) -> _S:
        """The words of a criterion that were said before, or are said now for the first time."""
        found = kept.get(criterion)
        if found is not None and written_alike(criterion, found[0]):
            return found[1]
        if len(kept) >= MOST_SAID:
            kept.clear()
        said = say(criterion)
        kept[criterion] = criterion, said
        return said

    def _heading(self, criterion: Criterion) -> str:
        about = criterion.about
        if about.title is not None:
            return self.wording.title(about.title)
        clause, said = f"clause.{about.id}", self._sentence(criterion)
        if not self.wording.has(clause):
            asked = criterion.asked.fact if isinstance(criterion, Compare) else None
            return f"{about.id}: {said}" if asked == NOT_ON_FILE and about.id else said
        named = self.wording.say(clause)
        return f"{named}: {said}" if isinstance(criterion, Compare) else named

    def _sentence(self, criterion: Criterion) -> str:
        match criterion:
            case Compare():
                return self._kept(self._words.sentences, criterion, self._comparison)
            case AllOf():
                return self.wording.say("group.all")
            case AnyOf():
                versions = criterion.about.covered is not None
                return self.wording.say("group.versions" if versions else "group.any")
            case Not():
                return self.wording.say("group.not")
            case _:
                return self.wording.say("group.at_least", count=str(criterion.count))

    def _comparison(self, compare: Compare) -> str:
        fact, operand = compare.asked.fact, compare.operand
        named = self.fact(fact, dict(compare.asked.given))
        if isinstance(operand, bool):
            return self.wording.say(f"operator.{str(operand).lower()}", fact=named)
        if isinstance(operand, frozenset):
            words = ", ".join(self.value(fact, code) for code in fact.codes if code in operand)
            if len(operand) == 1:
                return self.wording.say("operator.is", fact=named, operand=words)
        else:
            words = (
                self.wording.term(operand)
                if isinstance(operand, Term)
                else self.value(fact, operand)
            )
        return self.wording.say(f"operator.{compare.operator.value}", fact=named, operand=words)

    def fact(self, fact: Fact, given: dict[str, str]) -> str:
        """The name of a fact with its parameters; optional ones come last."""
        form, kind = self._words.kinds.get(fact.name, ("", ""))
        values, more = {}, []
        if fact.title is not None:
            values["title"] = self.wording.title(fact.title)
            if not form:  # a derived fact says itself what it is
                return values["title"]
        for parameter in fact.parameters:
            if parameter.name in given:
                said = self._said_for(parameter, given[parameter.name], kind)
                values[parameter.name] = said
                if not parameter.required:
                    more.append(self.wording.say(f"with.{parameter.name}", said=said))
        named = self.wording.say(f"fact.{form or fact.name}", **values)
        return "".join([named, *more])

    def _said_for(self, parameter: Parameter, value: str, kind: str) -> str:
        if parameter.takes is Takes.TERM:
            return self.wording.term(Term.parse(value))
        group = _OF_KIND.get(parameter.name, "{name}").format(name=parameter.name, kind=kind)
        codes = value.split(SEPARATOR) if parameter.takes is Takes.CODES else [value]
        return ", ".join(self.code(group, code) for code in codes)

    def value(self, fact: Fact, value: Value) -> str:
        """A value of a fact in words."""
        if value is NEVER:
            return self.wording.say("reason.never")
        if isinstance(value, frozenset):
            return ", ".join(self.code(fact.name, code) for code in sorted(value))
        if isinstance(value, str):
            return self.code("compared" if fact.name.startswith(COMPARED) else fact.name, value)
        return str(value)

    def code(self, group: str, code: str) -> str:
        """The name of a code, given by the country or the library; else the code itself."""
        title = self._words.titles.get(group, {}).get(code)
        if title is not None:
            return self.wording.title(title)
        if group == "anchor" and code.startswith(LATEST):
            return self.wording.say("anchor.latest", kind=self.code("kind", code[len(LATEST) :]))
        return self.wording.say(f"{group}.{code}") if self.wording.has(f"{group}.{code}") else code

    def program(self, program_id: ProgramId) -> str:
        """The title of a programme."""
        return self.code("program", program_id)

    def day(self, day: Day) -> str:
        """A day in words, of which only a part may be known."""
        say = self.wording.say
        if not isinstance(day, PartialDay):
            return say("day.on", day=day.isoformat())
        part = written_day(day)
        if isinstance(part, str):
            return say("day.within", year_or_month=part)
        return say(f"day.{'_'.join(part)}", **part)

    def between(self, fact: Fact, low: Value, high: Value) -> str:
        """A value that lies between two others, in words."""
        if low == EARLIEST_DAY:
            return self.wording.say("reason.at_latest", high=self.value(fact, high))
        ends = {"low": self.value(fact, low), "high": self.value(fact, high)}
        return self.wording.say("reason.between", **ends)

    def days(self, span: Span) -> str:
        """A span in words."""
        start, end = span.start.isoformat(), span.end
        if isinstance(end, date):
            return self.wording.say("days.until", start=start, end=end.isoformat())
        return self.wording.say("days.since", start=start)

    def dates(self, in_force: Span | None) -> str:
        """The days on which something is law, in words; empty if always."""
        if in_force is None:
            return self.wording.say("law.parts")
        start, end = in_force.start.isoformat(), in_force.end
        if isinstance(end, date):
            return self.wording.say("law.until", start=start, end=end.isoformat())
        return self.wording.say("law.since", start=start)

    # --- verdicts in short ----------------------------------------------------------------

    def deciding(self, verdict: Verdict) -> tuple[Item, ...]:
        """The reasons of an answer, one line each; equal for verdicts with the same reasons.

        For UNKNOWN, they are the missing facts and who can answer them. For NOT_MET, they are the
        clauses that alone keep the rule from being met, with their cells. For MET, they are its
        clauses, with what they take for granted.
        """
        if not verdict.in_force:
            dates = self.dates(verdict.criterion.about.in_force)
            return (Item(self.wording.say("match.not_in_force", dates=dates)),)
        if verdict.answer is Answer.UNKNOWN:
            told = (self._question(leaf) for leaf in verdict.missing())
        elif verdict.answer is Answer.MET:
            told = (with_notes(self._clause(c), self.rests_on(c)) for c in _clauses(verdict))
        else:
            told = (with_notes(self._required(c), self._found(c)) for c in _clauses(verdict))
        return tuple(Item(words, tone=verdict.answer.value) for words in dict.fromkeys(told))

    def _question(self, leaf: Verdict) -> str:
        asked, cell = cast("Compare", leaf.criterion).asked, cast("Unknown", leaf.cell)
        law = [self._law(leaf.criterion.about)] if asked.fact == NOT_ON_FILE else []
        draft = [self.wording.say("reason.draft")] if is_draft(leaf.criterion) else []
        return self.question(asked, cell, [*law, *draft])

    def _law(self, about: About) -> str:
        """The name of the law of which nothing is on file: its title, else its id."""
        title = about.title
        return self.code("clause", about.id) if title is None else self.wording.title(title)

    def question(self, asked: Asked, cell: Unknown, more: Iterable[str] = ()) -> str:
        """A fact that is not known, with the reason and who can answer."""
        words = self.fact(asked.fact, dict(asked.given))
        return with_notes(words, [self.why(cell), *self._who(asked.fact), *more])

    def why(self, cell: Unknown) -> str:
        """The reason why something is not known; there may be records that leave it open."""
        uncertain = cell.kind is UnknownKind.MISSING and cell.evidence
        return self.wording.say("reason.uncertain" if uncertain else f"reason.{cell.kind.value}")

    def _who(self, fact: Fact) -> Iterator[str]:
        if fact.answered_by:
            who = ", ".join(self.code("who", role) for role in fact.answered_by)
            yield self.wording.say("reason.ask", who=who)

    def _clause(self, verdict: Verdict) -> str:
        """A clause in one line: its title, or the meaning of all its parts that count."""
        criterion = verdict.criterion
        if criterion.about.title is not None:
            return self.heading(criterion)
        if isinstance(criterion, Compare):
            return self._sentence(criterion)
        parts = (self._clause(as_law(part)) for part in verdict.counting)
        return f"{self._sentence(criterion)}: {'; '.join(parts)}"

    def _required(self, verdict: Verdict) -> str:
        return self.wording.say("reason.required", clause=self._clause(verdict))

    def _found(self, clause: Verdict) -> Iterator[str]:
        """The cells of a clause that is not met, but for flags, whose clause already tells them."""
        found: dict[str, None] = {}
        for leaf in clause.reasons():
            fact = cast("Compare", leaf.criterion).asked.fact
            shown = not fact.identifying and fact.shape is not Shape.FLAG
            if isinstance(leaf.cell, Known) and shown:
                found[self.value(fact, leaf.cell.value)] = None
        if found:
            yield self.wording.say("reason.found", value=", ".join(found))
        if days := tuple(_not_before(clause)):
            yield self.wording.say("reason.not_before", day=max(days).isoformat())
        yield from self.rests_on(clause)

    def rests_on(self, verdict: Verdict) -> tuple[str, ...]:
        """The assumptions of an answer, and whether it rests on a draft; each once."""
        cells = [leaf.cell for leaf in verdict.reasons()]
        told = [words for cell in cells if isinstance(cell, Known) for words in self.assumed(cell)]
        told += [self.wording.say("reason.draft")] if verdict.drafts() else []
        return tuple(dict.fromkeys(told))

    # --- verdicts in full -----------------------------------------------------------------

    def reasons(self, verdict: Verdict) -> tuple[Item, ...]:
        """The parts of a rule that decided its answer, each with its proof."""
        if not verdict.in_force:
            return self.deciding(verdict)
        if verdict.cell is not None:
            return (self.proof(verdict),)
        counting = {id(part) for part in verdict.counting}  # to compare whole proofs takes long
        items = [
            self.proof(as_law(part)) if part.in_force else self._repealed(part)
            for part in verdict.children
            if id(part) in counting or not part.in_force
        ]
        if verdict.answer is Answer.UNKNOWN:  # what has to be found out comes first
            items.sort(key=lambda item: item.tone != "unknown")
        return tuple(items)

    def _repealed(self, part: Verdict) -> Item:
        what, dates = self.heading(part.criterion), self.dates(part.criterion.about.in_force)
        return Item(self.wording.say("reason.repealed", what=what, dates=dates))

    def proof(self, verdict: Verdict) -> Item:
        """One node with its answer; a comparison with its cell, a group with its parts."""
        if verdict.cell is None:
            return self._node(verdict, self.reasons(verdict))
        found = (verdict.criterion, verdict.answer, verdict.cell)
        if found not in self._leaves:
            self._leaves[found] = self._node(verdict, ())
        return self._leaves[found]

    @cached_property
    def _leaves(self) -> dict[tuple[Criterion, Answer, Cell], Item]:
        """The comparisons told so far. Programmes that share a rule also share its cells."""
        return {}

    def _node(self, verdict: Verdict, below: tuple[Item, ...]) -> Item:
        words = with_notes(self.heading(verdict.criterion), self._notes(verdict))
        return Item(words, below, tone=verdict.answer.value)

    def rule(self, criterion: Criterion) -> Item:
        """One node of a rule without a person: its meaning, and its source."""
        about, parts = criterion.about, tuple(map(self.rule, parts_of(criterion)))
        notes = [] if about.in_force is None else [self.dates(about.in_force)]
        return Item(with_notes(self.heading(criterion), [*notes, *self._stated(criterion)]), parts)

    def assumed(self, cell: Known) -> Iterator[str]:
        """The assumption of a cell in words, if it has one."""
        if cell.assumption in (Assumption.OUTSIDE_POPULATION, Assumption.TOLD_APART):
            yield self.wording.say(f"reason.{cell.assumption}")
        elif cell.assumption is not None and not cell.evidence:
            yield self.wording.say("reason.assumption")

    def _notes(self, verdict: Verdict) -> Iterable[str]:
        say, criterion, cell = self.wording.say, verdict.criterion, verdict.cell
        about = criterion.about
        if about.in_force is not None and about.title is not None and cell is not None:
            yield self._sentence(criterion)  # a title is the same in every version
        if isinstance(criterion, Compare) and cell is not None:
            fact = criterion.asked.fact
            if isinstance(cell, Known):
                if not fact.identifying and fact.shape is not Shape.FLAG:
                    yield say("reason.found", value=self.value(fact, cell.value))
                yield from self.assumed(cell)
            else:
                asked = verdict.answer is Answer.UNKNOWN  # else what is known of it is enough
                yield self.why(cell) if asked else say("reason.in_part")
                if cell.between is not None and not fact.identifying:
                    yield self.between(fact, *cell.between)
                yield from self._who(fact) if asked else ()
            if cell.evidence:
                yield say("reason.evidence", records=", ".join(cell.evidence))
        if about.in_force is not None:
            yield self.dates(about.in_force)
        yield from self._stated(criterion)

    def _stated(self, criterion: Criterion) -> tuple[str, ...]:
        """The source of a node, or that there is none; for a group, its parts tell."""
        return self._kept(self._words.stated, criterion, self._sources)

    def _sources(self, criterion: Criterion) -> tuple[str, ...]:
        about, say = criterion.about, self.wording.say
        stated = [*map(str, about.cite), *([about.origin] if about.origin else [])]
        cites = stated and isinstance(criterion, Compare)
        return (
            *([say("reason.cites", cites=", ".join(stated))] if cites else []),
            *([say("reason.draft")] if is_draft(criterion) else []),
        )


def _clauses(verdict: Verdict) -> Iterator[Verdict]:
    """The clauses that decide a rule, each of which counts by itself.

    A rule asks for all of its clauses, and so do groups in it that only hold clauses together. A
    node with a title is one clause: the title tells what its parts are about.
    """
    if not isinstance(verdict.criterion, AllOf):
        yield verdict
        return
    for child in map(as_law, verdict.counting):
        if child.criterion.about.title is None:
            yield from _clauses(child)
        else:
            yield child


def _not_before(clause: Verdict) -> Iterator[date]:
    """Days before which a clause that is not met cannot be met, if nothing on file changes.

    Only running time gives such days. They are no promise: other parts may fail then. If one part
    out of several would suffice, no day is given. Nor is one that would reveal a date of birth.
    """
    compare, cell = clause.criterion, clause.cell
    if isinstance(compare, AllOf):
        for part in clause.counting:
            yield from _not_before(part)
    elif isinstance(compare, Compare) and cell is not None and not compare.asked.fact.identifying:
        turns = (day for day, holds in course(compare)(cell) if holds and day > clause.on)
        yield from (day for day in turns if day.year <= LATEST_YEAR)


def as_law(verdict: Verdict) -> Verdict:
    """The version that is law, in the place of a rule in versions that says nothing else."""
    law = [child for child in verdict.children if child.in_force]
    said = verdict.criterion.about
    if said.covered is None or not isinstance(verdict.criterion, AnyOf) or len(law) != 1:
        return verdict
    # The group only says which version is law. To a reader the version itself is the rule, unless
    # the group has a title or a status of its own to tell.
    same = said.title == law[0].criterion.about.title
    return law[0] if same and said.status in (None, law[0].criterion.about.status) else verdict
