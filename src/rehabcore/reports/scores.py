"""A score as a document: first what must not be overlooked, then the score and its grounds.

Answers are data on health. They are shown only if detail is asked for.
"""

from collections.abc import Iterable, Iterator, Sequence

from rehabcore.instruments import (
    FigureUsed,
    Flagged,
    Instrument,
    Placing,
    Remark,
    ScaleScore,
    ScoreResult,
    differs_from_library,
)
from rehabcore.instruments.detail import (
    BandChange,
    Contribution,
    ItemState,
    band_changes,
    contributions,
    item_states,
    neighbours,
)
from rehabcore.instruments.model.declaration import Scale
from rehabcore.instruments.model.expressions import Bound
from rehabcore.instruments.model.provenance import Origin
from rehabcore.instruments.model.requests import Given
from rehabcore.reports.pages import Block, Heading, Item, Listing, Paragraph, Tone
from rehabcore.reports.terms import bound_told
from rehabcore.reports.wording import Wording, with_notes
from rehabcore.rules.sources import Status
from rehabcore.rules.truth import Answer
from rehabcore.strict.frozen import frozen

_POPULATION = "outside_population"
_DECIMALS = 4
_FLAGS: dict[Answer, tuple[str, Tone]] = {
    Answer.MET: ("flag.true", ""),
    Answer.NOT_MET: ("flag.false", ""),
    Answer.UNKNOWN: ("answer.unknown", "unknown"),
}


def describe_score(result: ScoreResult, wording: Wording, *, detail: bool) -> Iterator[Block]:
    """Describe a scored form: its warnings first, then scores, bands and flags."""
    told, say = _Telling(result, wording, detail), wording.say
    instrument, on = result.instrument, result.request.on.isoformat()
    yield Heading(1, say("score.title", tool=instrument.tool, on=on))
    if alerts := tuple(Item(words, tone="alert") for words in told.alerts()):
        yield Listing(alerts)
    yield Paragraph(say("score.person"))
    yield Paragraph(" ".join(told.about()))
    yield from told.section("score.scores", told.scores())
    yield from told.section("score.bands", map(told.placing, result.placings))
    yield from told.section("score.flags", map(told.flag, result.flags))
    yield from told.section("score.items", told.items())
    yield from told.section("score.figures", map(told.figure, result.figures))
    yield from told.section("score.remarks", told.remarks())
    if detail:
        yield from told.detail()
    uses: Sequence[FigureUsed | Placing | Flagged]
    uses = (*result.figures, *result.placings, *result.flags)
    named = {one.source for one in uses}
    cited = [origin for origin in instrument.origins if origin.id in named]
    yield from describe_terms(instrument, cited, wording)


def describe_terms(
    instrument: Instrument, cited: Iterable[Origin], wording: Wording
) -> Iterator[Block]:
    """Describe the terms of use of a form, and the sources that are cited."""
    yield Heading(2, wording.say("part.sources"))
    licence = instrument.licence
    yield Paragraph(wording.say("score.licence", holder=licence.holder, notice=licence.notice))
    if items := tuple(Item(f"{one.id}: {one.cite} ({one.tier.value})") for one in cited):
        yield Listing(items)


@frozen
class _Telling:
    """Puts one result in words."""

    result: ScoreResult
    wording: Wording
    detailed: bool

    def alerts(self) -> Iterator[str]:
        """Everything that must not be overlooked: critical flags first."""
        say, result = self.wording.say, self.result
        for flag in (flag for flag in result.flags if flag.critical):
            if flag.answer is not Answer.NOT_MET:
                key = "score.critical" if flag.answer is Answer.MET else "score.critical_unknown"
                yield say(key, flag=flag.name)
        for remark in result.warnings:
            if remark.code == _POPULATION:
                yield say("score.outside_population", population=remark.about)
            else:
                yield self._remark(remark)
        if differs_from_library(result.instrument):
            yield say("score.altered", name=result.instrument.name)
        for remark in result.objections:
            key = "score.incomplete" if self._lacks_answers(remark) else "score.objection"
            yield say(key, what=self._remark(remark))
        if result.unread:
            yield say("score.unread", names=", ".join(result.unread))

    def about(self) -> Iterator[str]:
        """The instrument, the form and the day."""
        say, instrument = self.wording.say, self.result.instrument
        yield say("score.instrument", title=instrument.title, edition=instrument.edition)
        if instrument.profile:
            yield say("score.profile", profile=instrument.profile)
        if instrument.reference_model:
            yield say("score.reference")
        if self.result.request.choices:
            chosen = ", ".join(f"{name} = {value}" for name, value in self.result.request.choices)
            yield say("score.chosen", choices=chosen)
        if self.result.request.keyed:
            yield say("score.keyed")
        yield say("score.meaning", meaning=instrument.higher_means)
        if all(remark.code != _POPULATION for remark in self.result.warnings):
            yield say("instrument.population", population=instrument.validity.population)
        if instrument.status is Status.DRAFT:
            yield say("score.draft")

    def section(self, key: str, items: Iterable[Item]) -> Iterator[Block]:
        """A heading and its list, if there is anything to list."""
        if listed := tuple(items):
            yield Heading(2, self.wording.say(key))
            yield Listing(listed)

    def scores(self) -> Iterator[Item]:
        """The scores. Intermediate values are only counted, unless detail is asked for."""
        scales = {scale.name: scale for scale in self.result.instrument.scales}
        told = [one for one in self.result.scores if self.detailed or not scales[one.name].step]
        yield from (self._score(score, scales[score.name]) for score in told)
        if steps := len(self.result.scores) - len(told):
            yield Item(self.wording.say("score.steps", count=str(steps)))

    def _score(self, score: ScaleScore, scale: Scale) -> Item:
        """A score, or why there is none."""
        say, notes = self.wording.say, []
        if scale.range is not None:
            low, high = map(self._bound, scale.range)
            notes.append(say("score.range", low=low, high=high))
        if score.prorated:
            notes.append(say("score.prorated", items=", ".join(score.prorated)))
        if score.value is None:
            against = self.result.objections if score.why == "objection" else ()
            incomplete = bool(against) and all(map(self._lacks_answers, against))
            notes.append(self._why("missing" if incomplete else score.why))
            if score.missing:
                notes.append(say("score.lacking", items=", ".join(score.missing)))
        known = score.value is not None
        if score.low != score.high:
            low, high = self._bound(score.low), self._bound(score.high)
            notes.append(say("score.could_be" if known else "score.between", low=low, high=high))
        value = self._bound(score.value) if known else say("score.none")
        words = say("score.value", name=score.name, value=value)
        return Item(with_notes(words, notes), tone="" if known else "unknown")

    def placing(self, placing: Placing) -> Item:
        """A band, or why there is none; and how far the next bands are."""
        say = self.wording.say
        notes = [say("score.of", scale=placing.of), *self._grounds(placing)]
        if placing.label is not None:
            words = say("score.band", name=placing.name, label=placing.label)
            return Item(with_notes(words, notes), self._neighbours(placing))
        if placing.possible:
            notes.insert(0, say("score.possible", labels=", ".join(placing.possible)))
        words = say("score.band", name=placing.name, label=say("score.no_band"))
        return Item(with_notes(words, [self._why(placing.why), *notes]), tone="unknown")

    def _neighbours(self, placing: Placing) -> tuple[Item, ...]:
        return tuple(
            Item(
                self.wording.say(
                    "score.lower" if one.points < 0 else "score.higher",
                    label=one.label or self.wording.say("score.no_label"),
                    points=str(abs(one.points)),
                )
            )
            for one in neighbours(self.result, placing.name)
        )

    def flag(self, flag: Flagged) -> Item:
        """Whether a flag is up."""
        key, tone = _FLAGS[flag.answer]
        words = self.wording.say("score.value", name=flag.name, value=self.wording.say(key))
        notes = [self._why(flag.why), *self._grounds(flag)]
        alert = flag.critical and flag.answer is Answer.MET
        return Item(with_notes(words, notes), tone="alert" if alert else tone)

    def figure(self, figure: FigureUsed) -> Item:
        """The figure of a norm."""
        say = self.wording.say
        value = say("score.no_figure") if figure.value is None else str(figure.value)
        words = say("score.value", name=figure.name, value=value)
        return Item(with_notes(words, [figure.note, *self._grounds(figure)]))

    def items(self) -> Iterator[Item]:
        """How many items were answered, and how the others were treated."""
        say, became = self.wording.say, item_states(self.result)
        answered = list(became.values()).count(ItemState.ANSWERED)
        yield Item(say("score.answered", count=str(answered), all=str(len(became))))
        for state in (
            ItemState.SKIPPED,
            ItemState.NOT_ASKED,
            ItemState.NOT_APPLICABLE,
            ItemState.MISSING,
        ):
            if listed := [item for item, one in became.items() if one is state]:
                yield Item(say(f"score.{state.value}", items=", ".join(listed)))

    def remarks(self) -> Iterator[Item]:
        """The assumptions, and the policies of the library that were used."""
        for remark in self.result.assumptions:
            yield Item(self._remark(remark))
        for policy in self.result.policies:
            yield Item(self.wording.say(f"score_remark.{policy}"))

    def detail(self) -> Iterator[Block]:
        """The answers: the share of each in the scales, and which would change a band."""
        say, result = self.wording.say, self.result
        for score in result.scores:
            yield Heading(2, say("score.detail", scale=score.name))
            yield Listing(tuple(map(self._contribution, contributions(result, score.name))))
        for placing in result.placings:
            yield Heading(2, say("score.changes", scale=placing.of, bands=placing.name))
            found = tuple(map(self._change, band_changes(result, placing.name)))
            yield Listing(found) if found else Paragraph(say("score.no_changes"))

    def _contribution(self, one: Contribution) -> Item:
        say = self.wording.say
        state = say(f"score_state.{one.state.value}")
        answer = state if one.answer is None else self._answer(one.answer)
        notes = [state] if one.answer is not None and one.state is not ItemState.ANSWERED else []
        if one.points is not None and one.share is not None:
            notes += [say("score.points", points=str(one.points))] * (one.points != one.answer)
            notes.append(say("score.share", share=str(round(one.share, _DECIMALS))))
        return Item(with_notes(say("score.item", item=one.item, answer=answer), notes))

    def _change(self, change: BandChange) -> Item:
        answers = ", ".join(map(self._answer, change.answers))
        return Item(
            self.wording.say("score.change", item=change.item, answers=answers, label=change.label)
        )

    def _answer(self, answer: Given) -> str:
        if isinstance(answer, bool):
            return self.wording.say(f"flag.{str(answer).lower()}")
        return str(answer)

    def _lacks_answers(self, objection: Remark) -> bool:
        """Whether an objection is only that items have no answer."""
        return bool(objection.items) and set(objection.items) <= set(self.result.missing)

    def _remark(self, remark: Remark) -> str:
        """A remark: those of the library in words, those of an instrument by their codes."""
        key = f"score_remark.{remark.code}"
        what = self.wording.say(key) if self.wording.has(key) else f"{remark.code}:"
        words = f"{what} {remark.about}".strip()
        items = ", ".join(remark.items)
        return self.wording.say("score.remark", what=words, items=items) if items else words

    def _grounds(self, used: Placing | Flagged | FigureUsed) -> Iterator[str]:
        """The people that the table used is for, and its source."""
        table = "" if isinstance(used, Flagged) else used.table
        if table:
            yield self.wording.say("score.for", audience=table)
        tiers = {one.id: one.tier.value for one in self.result.instrument.origins}
        if used.source:
            yield self.wording.say("score.source", source=used.source, tier=tiers[used.source])

    def _why(self, why: str) -> str:
        key = f"score_why.{why}"
        return self.wording.say(key) if self.wording.has(key) else why

    def _bound(self, bound: Bound) -> str:
        return bound_told(bound, self.wording)
