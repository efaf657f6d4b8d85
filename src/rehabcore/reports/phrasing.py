"""Criteria and verdicts in words: each comparison as a sentence, with its cell and its reasons."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import cast

from rehabcore.casework.results import Grounds
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.questions.derived.comparisons import COMPARED
from rehabcore.questions.families.events import LATEST
from rehabcore.reports.pages import Item, Tone
from rehabcore.reports.vocabularies import NodeWords, Vocabulary, vocabulary_of
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
from rehabcore.rules.judging.verdicts import Verdict, holds_drafts, is_draft
from rehabcore.rules.law.versions import NOT_ON_FILE
from rehabcore.rules.time.days import Span, Term
from rehabcore.rules.time.partial import EARLIEST_DAY, Day, PartialDay
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.rules.well_formed import SEPARATOR
from rehabcore.strict.checked import LATEST_YEAR
from rehabcore.strict.frozen import frozen
from rehabcore.strict.same import Same
from rehabcore.strict.vocabulary import ProgramId

_OF_KIND = {"state": "state_{kind}", "value": "observed_{kind}"}
"""The parameters whose codes are values of a country's own kind, with their groups of titles."""


MOST_SAID = 4096
"""How many nodes of rules are kept with their words, of each country and language."""


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
    def _words(self) -> Vocabulary:
        country = self.grounds
        given = () if country is None else (country.glossary, *country.programs)
        return vocabulary_of(self.wording.language, Same(given))

    def heading(self, criterion: Criterion) -> str:
        """The title of a node; without one, its meaning."""
        return self._said(criterion).heading

    def meaning(self, criterion: Criterion) -> str:
        """The meaning of a node, whether it has a title or not."""
        return self._sentence(criterion)

    def _said(self, criterion: Criterion) -> NodeWords:
        """The words of a node that were said before, or are said now for the first time."""
        kept = self._words.said
        found = kept.get(id(criterion))
        if found is None:
            if len(kept) >= MOST_SAID:
                kept.clear()
            found = kept[id(criterion)] = self._say(criterion)
        return found

    def _say(self, criterion: Criterion) -> NodeWords:
        about, sentence = criterion.about, self._sentence(criterion)
        asked = criterion.asked if isinstance(criterion, Compare) else None
        title = None if about.title is None else self.wording.title(about.title)
        dates = () if about.in_force is None else (self.dates(about.in_force),)
        who = () if asked is None else tuple(self._who(asked.fact))
        law = (self._law(about),) if asked is not None and asked.fact == NOT_ON_FILE else ()
        draft = (self.wording.say("reason.draft"),) if is_draft(criterion) else ()
        return NodeWords(
            criterion=criterion,
            heading=self._untitled(criterion, sentence) if title is None else title,
            clause=sentence if title is None and asked is not None else title,
            meaning=(sentence,) if dates and title is not None else (),
            asked="" if asked is None else self.fact(asked.fact, dict(asked.given)),
            who=who,
            asking=(*who, *law, *draft),
            stated="; ".join((*dates, *self._sources(criterion), *draft)),
            drafts=holds_drafts(criterion),
        )

    def _untitled(self, criterion: Criterion, sentence: str) -> str:
        """The heading of a node that has no title."""
        about = criterion.about
        clause = f"clause.{about.id}"
        if not self.wording.has(clause):
            asked = criterion.asked.fact if isinstance(criterion, Compare) else None
            return f"{about.id}: {sentence}" if asked == NOT_ON_FILE and about.id else sentence
        named = self.wording.say(clause)
        return f"{named}: {sentence}" if isinstance(criterion, Compare) else named

    def _sentence(self, criterion: Criterion) -> str:
        match criterion:
            case Compare():
                return self._comparison(criterion)
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
        titles = self._words.titles.get(group)
        if titles is not None and code in titles:
            return titles[code]
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
            told = [self._question(leaf) for leaf in verdict.missing()]
        elif verdict.answer is Answer.MET:
            told = [with_notes(self._clause(c), self.rests_on(c)) for c in _clauses(verdict)]
        else:
            told = [with_notes(self._required(c), self._found(c)) for c in _clauses(verdict)]
        tone: Tone = verdict.answer.value
        return tuple([Item(words, (), tone) for words in dict.fromkeys(told)])

    def _question(self, leaf: Verdict) -> str:
        said, why = self._said(leaf.criterion), self.why(cast("Unknown", leaf.cell))
        return with_notes(said.asked, [why, *said.asking])

    def _law(self, about: About) -> str:
        """The name of the law of which nothing is on file: its title, else its id."""
        title = about.title
        return self.code("clause", about.id) if title is None else self.wording.title(title)

    def question(self, asked: Asked, cell: Unknown) -> str:
        """A fact that is not known, with the reason and who can answer."""
        words = self.fact(asked.fact, dict(asked.given))
        return with_notes(words, [self.why(cell), *self._who(asked.fact)])

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
        clause = self._said(verdict.criterion).clause
        if clause is not None:
            return clause
        parts = [self._clause(as_law(part)) for part in verdict.counting]
        return f"{self._sentence(verdict.criterion)}: {'; '.join(parts)}"

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
        told: dict[str, None] = {}
        for leaf in verdict.reasons():
            if isinstance(leaf.cell, Known) and leaf.cell.assumption is not None:
                told.update(dict.fromkeys(self.assumed(leaf.cell)))
        if self.drafts(verdict):
            told[self.wording.say("reason.draft")] = None
        return tuple(told)

    def drafts(self, verdict: Verdict) -> tuple[Verdict, ...]:
        """The nodes that an answer rests on and that are only drafts of law."""
        return verdict.drafts() if self._said(verdict.criterion).drafts else ()

    # --- verdicts in full -----------------------------------------------------------------

    def reasons(self, verdict: Verdict) -> tuple[Item, ...]:
        """The parts of a rule that decided its answer, each with its proof."""
        if not verdict.in_force:
            return self.deciding(verdict)
        if verdict.cell is not None:
            return (self.proof(verdict),)
        decisive = verdict.decisive
        items = [
            self.proof(as_law(part)) if part.in_force else self._repealed(part)
            for part in verdict.children
            if decisive is None or part.answer is decisive or not part.in_force
        ]
        if verdict.answer is Answer.UNKNOWN:  # what has to be found out comes first
            items.sort(key=lambda item: item.tone != "unknown")
        return tuple(items)

    def _repealed(self, part: Verdict) -> Item:
        what, dates = self.heading(part.criterion), self.dates(part.criterion.about.in_force)
        return Item(self.wording.say("reason.repealed", what=what, dates=dates))

    def proof(self, verdict: Verdict) -> Item:
        """One node with its answer; a comparison with its cell, a group with its parts."""
        said, cell = self._said(verdict.criterion), verdict.cell
        notes = () if cell is None else self._notes(verdict, cell, said)
        below = self.reasons(verdict) if cell is None else ()
        return Item(with_notes(said.heading, [*notes, said.stated]), below, verdict.answer.value)

    def rule(self, criterion: Criterion) -> Item:
        """One node of a rule without a person: its meaning, and its source."""
        said, parts = self._said(criterion), tuple(map(self.rule, parts_of(criterion)))
        return Item(with_notes(said.heading, [said.stated]), parts)

    def assumed(self, cell: Known) -> tuple[str, ...]:
        """The assumption of a cell in words, if it has one."""
        assumption = cell.assumption
        if assumption is None:
            return ()
        if assumption is not Assumption.NONE_ON_FILE:
            return (self.wording.say(f"reason.{assumption}"),)
        return () if cell.evidence else (self.wording.say("reason.assumption"),)

    def _notes(self, verdict: Verdict, cell: Cell, said: NodeWords) -> list[str]:
        """The value that a comparison found, or why there is none, and the records it is on."""
        say, fact = self.wording.say, cast("Compare", verdict.criterion).asked.fact
        notes = [*said.meaning]
        if isinstance(cell, Known):
            if not fact.identifying and fact.shape is not Shape.FLAG:
                notes.append(say("reason.found", value=self.value(fact, cell.value)))
            notes += self.assumed(cell)
        else:
            asked = verdict.answer is Answer.UNKNOWN  # else what is known of it is enough
            notes.append(self.why(cell) if asked else say("reason.in_part"))
            if cell.between is not None and not fact.identifying:
                notes.append(self.between(fact, *cell.between))
            notes += said.who if asked else ()
        if evidence := cell.evidence:
            notes.append(say("reason.evidence", records=", ".join(evidence)))
        return notes

    def _sources(self, criterion: Criterion) -> Iterator[str]:
        """The source of a comparison; for a group, its parts tell."""
        about = criterion.about
        stated = [*map(str, about.cite), *([about.origin] if about.origin else [])]
        if stated and isinstance(criterion, Compare):
            yield self.wording.say("reason.cites", cites=", ".join(stated))


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
    elif (
        isinstance(compare, Compare)
        and isinstance(compare.operand, Term)  # else no day turns it
        and cell is not None
        and not compare.asked.fact.identifying
    ):
        turns = (day for day, holds in course(compare)(cell) if holds and day > clause.on)
        yield from (day for day in turns if day.year <= LATEST_YEAR)


def as_law(verdict: Verdict) -> Verdict:
    """The version that is law, in the place of a rule in versions that says nothing else."""
    said = verdict.criterion.about
    if said.covered is None or not isinstance(verdict.criterion, AnyOf):
        return verdict
    law = [child for child in verdict.children if child.in_force]
    if len(law) != 1:
        return verdict
    # The group only says which version is law. To a reader the version itself is the rule, unless
    # the group has a title or a status of its own to tell.
    same = said.title == law[0].criterion.about.title
    return law[0] if same and said.status in (None, law[0].criterion.about.status) else verdict
