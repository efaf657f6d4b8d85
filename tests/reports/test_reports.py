"""Results in words: what is said, in which language, and that data is never taken for markup."""

import re
import tomllib
from datetime import date
from html.parser import HTMLParser
from importlib import resources
from typing import Any

import pytest
from attrs import evolve

from rehabcore import casework, exchange, jurisdictions
from rehabcore.care.machines import machine
from rehabcore.care.plans.drafting.reasons import (
    ChoiceReason,
    DraftChoice,
    PassedOver,
    PassedReason,
)
from rehabcore.casework.any_result import Result
from rehabcore.questions import CLOCKS
from rehabcore.records import CaseFile
from rehabcore.reports import LANGUAGES, Format, explain, explain_all
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.wording import Wording
from rehabcore.rules.criteria import About, AllOf, AnyOf, AtLeast, Not, ask
from rehabcore.rules.data.criterion_forms import CriterionReader
from rehabcore.rules.data.plain import plain_forms
from rehabcore.rules.facts import NEVER, Fact, Shape, Unknown
from rehabcore.rules.judging.proving import judge
from rehabcore.rules.machines.requests import RequestRefused
from rehabcore.rules.sources import Text
from rehabcore.rules.time.days import Span, Term
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.problems import InputError
from rehabcore.strict.structure import Codec
from rehabcore.strict.vocabulary import Clock, ProgramId
from tests.kit.builders import day, release, span
from tests.kit.record_makers import death

XX = jurisdictions.load("xx")
CASE = exchange.read(jurisdictions.examples()["xx/therapeutic-community"], CaseFile)
ON = day("2026-11-21")
MATCH = casework.match(CASE, XX, on=ON)
NEAR = casework.near(CASE, XX, on=ON, lead=Term(years=1))
PLAN = casework.plan(CASE, XX, on=ON)
REQUEST = release(ON)
MOVE = casework.request_move(CASE, XX, REQUEST, plan=PLAN.content)
GEORGIA = casework.match(
    exchange.read(jurisdictions.examples()["ge/release"], CaseFile), jurisdictions.load("ge"), on=ON
)
RESULTS: dict[str, Any] = {"match": MATCH, "near": NEAR, "plan": PLAN, "move": MOVE}


def _messages(language: str) -> dict[str, str]:
    file = resources.files("rehabcore.reports").joinpath("messages", f"{language}.toml")
    tables = tomllib.loads(file.read_text("utf-8"))
    return {
        f"{group}.{name}": phrase
        for group, names in tables.items()
        for name, phrase in names.items()
    }


# What a language other than English still lacks; it falls back visibly.
OF_DECISIONS_AND_NEEDS = (
    "decision",
    "decided",
    "comparison",
    "difference",
    "rule_difference",
    "amended",
    "since",
    "rnr",
)
OF_INSTRUMENTS = ("instrument", "expression")
OF_SCORES = {
    *(
        "score.steps",
        "score.no_label",
        "score.no_figure",
        "score.detail",
        "score.share",
        "score.changes",
    ),
    *("score.no_changes", "score.change", "score.licence", "score_state.told"),
    *("score_why.undefined", "score_why.no_table", "score_why.not_requested"),
    *("score_why.unread_table", "score_remark.half_up", "score_remark.skippable_answers_count"),
    *("score_remark.figure_for_not_stated", "score_remark.never_clamped"),
}
OF_PLANS = ("goal_status", "step_status")
GUARDS_OF_PLANS = {
    f"fact.{fact.name}"
    for name in ("plan_life", "agreement", "signature", "goal", "step")
    for fact in machine(name).facts
}
SAID_OF_INSTRUMENTS = {"instrument.population", "instrument.open"}
LACKING = {
    "ka": {
        "legal_status.excluded_person",
        "outcome.provider_stopped",
        "rnr.died",
    }
    | {key for key in _messages("en") if key.partition(".")[0] in OF_DECISIONS_AND_NEEDS}
    | {key for key in _messages("en") if key.partition(".")[0] in OF_INSTRUMENTS}
    - SAID_OF_INSTRUMENTS
    | OF_SCORES
    | {key for key in _messages("en") if key.partition(".")[0] in OF_PLANS}
    | (GUARDS_OF_PLANS - set(_messages("ka")))
}


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_other_languages_have_the_same_phrases_but_for_the_listed_ones(language: str) -> None:
    english, other = set(_messages("en")), set(_messages(language))
    assert english - other == LACKING[language]
    assert other <= english


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_other_languages_have_no_gap_that_is_never_filled(language: str) -> None:
    english, other = _messages("en"), _messages(language)
    gaps = {key: set(re.findall(r"{[a-z_]+}", phrase)) for key, phrase in english.items()}
    assert not [
        key for key, phrase in other.items() if set(re.findall(r"{\w+}", phrase)) - gaps[key]
    ]


@pytest.mark.parametrize(
    "line",
    [
        "2 met, 3 unknown, 3 not met, of 8.",
        "This is advice. A decision is made by a named person.",
        "+ Drop-in counselling: MET",
        "    ? need in Housing: at least some need (no record says it; can be answered by: "
        "psychologist, social worker; source: xx-act#art-20, xx@2026.2)",
        "    - not law on this day: Half a year under supervision (repealed from 2025) (in force "
        "from 2020-01-01 until the day before 2025-01-01)",
        "  + Not at the same time: takes part in Thinking skills: no (no record is on file, taken "
        "as none; source: xx-catalogue, xx@2026.2)",
        "  ? Entry rules: the entry rules, which are not published, are met (a person has to "
        "judge; can be answered by: the agency responsible for the programme; source: "
        "xx-catalogue, xx@2026.2; draft)",
        "    + At most one sanction in six months (found: 1; on record e-1; source: "
        "xx-act#art-30, xx@2026.2)",
        "      + time left of the sentence: at most 24 months (found: 2028-03-01; on record s-1; "
        "source: xx-catalogue#tc, xx@2026.2)",
        "Rules: xx@2026.2; library 0.1.0.",
        "From everything on file.",
        "- xx-youth-law: Youth Courts Act of Exland. Parliament of Exland (fictional), 1993-11-30. "
        "(reviewed)",
    ],
)
def test_match_says(line: str) -> None:
    assert line in explain(MATCH, detail=True).splitlines()


@pytest.mark.parametrize(
    "line",
    [
        "Part of: individual rehabilitation plan.",
        "Accountable office: prison-1.",
        "Next review due by 2027-02-09.",
        "? Housing: no record says it",
        "- The officer: Assess the needs that are not known (by 2026-12-21)",
        "- release_course.entry",
    ],
)
def test_plan_says(line: str) -> None:
    assert line in explain(PLAN, detail=True).splitlines()


def test_a_draft_with_nothing_in_it_says_so() -> None:
    draft = PLAN.draft
    content = evolve(
        draft.content,
        holder="",
        review_due=None,
        goals=(),
        items=(),
        questions=(),
        deferrals=(),
        shortfall=None,
    )
    bare = evolve(
        draft,
        content=content,
        passed_over=(),
        choices=(),
        draft_data=(),
        dosage=None,
        turns=(),
        complete=False,
    )
    said = explain(evolve(PLAN, draft=bare)).splitlines()
    assert said.count("None.") == 5
    for line in (
        "No office is certainly accountable on this day.",
        "No day can be told for the next review: no source states one, or it lies too far ahead.",
        "Not all combinations could be weighed: there may be a better one.",
    ):
        assert line in said


def test_a_draft_tells_why_each_programme_is_in_it_and_others_are_not() -> None:
    draft = PLAN.draft
    one = DraftChoice(
        program_id=draft.content.items[0].program_id,
        why=ChoiceReason.COVERS_NEED,
        needs=("work",),
        otherwise=ProgramId("work_start"),
        note="relapsed",
    )
    day = date(2027, 3, 1)
    passed = (
        PassedOver(program_id=ProgramId("drop_in"), why=PassedReason.NO_TIME, day=day),
        PassedOver(
            program_id=ProgramId("relapse_prevention"),
            why=PassedReason.WAITS,
            other=ProgramId("therapeutic_community"),
        ),
        PassedOver(program_id=ProgramId("work_start"), why=PassedReason.CLOSED),
    )
    told = evolve(PLAN, draft=evolve(draft, choices=(one,), passed_over=passed))
    said = explain(told)
    for line in (
        "  - without it, fewer needs are covered "
        "(Work and education; otherwise: A start at work; again: relapsed)\n",
        "- it could not be finished in time\n"
        "  - Drop-in counselling (the day that counts: 2027-03-01)",
        "  - Relapse prevention (because of: Therapeutic community in prison)",
        "- the person may not enter it\n  - A start at work\n",
    ):
        assert line in said
    assert "x A start at work\n  x required: " in explain(told, detail=True)


@pytest.mark.parametrize(
    "line",
    [
        "The person goes from prison-1 to probation-2.",
        "+ Where the move begins: setting is custody (found: custody; on record pl-1; source: "
        "xx-act#art-40, xx@2026.2)",
        "- Substance use (with open steps)",
        "  - The officer: Decide on a place: Drop-in counselling (by 2026-12-21)",
        "+ Drop-in counselling: after the move: MET",
    ],
)
def test_move_says(line: str) -> None:
    assert line in explain(MOVE, detail=True).splitlines()


def test_a_move_without_an_acceptance_says_who_stays_accountable() -> None:
    words = "Until one does, prison-1 stays accountable."
    assert words not in explain(MOVE)
    alone = evolve(CASE, transition_acts=())
    moved = casework.record_move(alone, XX, release(day("2026-11-16")))
    assert words in explain(moved)


def test_a_plan_of_a_person_who_died_says_that_nothing_is_left_to_do() -> None:
    dead = evolve(CASE, deaths=(death("d", "2026-03-01"),))
    said = explain(casework.plan(dead, XX, on=ON)).splitlines()
    assert "The person has died: nothing is left to do, and no review is due." in said


def test_a_plan_without_holder_or_review_says_so() -> None:
    content = evolve(PLAN.content, holder="", review_due=None)
    draft = evolve(PLAN.draft, content=content, draft_data=())
    said = explain(evolve(PLAN, draft=draft)).splitlines()
    for line in (
        "No office is certainly accountable on this day.",
        "No day can be told for the next review: no source states one, or it lies too far ahead.",
    ):
        assert line in said
    assert "Draft data used" not in said


def test_a_move_without_a_plan_hands_nothing_over() -> None:
    said = explain(casework.request_move(CASE, XX, REQUEST))
    assert "There is no open goal that goes along." in said.splitlines()


def test_a_programme_out_of_force_says_so_and_gives_no_other_reason() -> None:
    late = casework.match(CASE, XX, on=day("2027-01-01"), known_at=ON)
    dates = "in force from 2022-01-01 until the day before 2027-01-01"
    for detail, title in ((False, "x A start at work"), (True, "x A start at work: NOT MET")):
        lines = explain(late, detail=detail).splitlines()
        place = lines.index(title)
        assert lines[place + 1] == f"  - not law on this day: {dates}"
        assert not lines[place + 2].startswith(" ")
    assert "From what was on file on 2026-11-21." in lines


def test_a_refused_move_says_why_and_that_nothing_was_changed() -> None:
    with pytest.raises(RequestRefused) as caught:
        casework.request_move(CASE, XX, evolve(REQUEST, move_id="release"))
    said = explain(caught.value).splitlines()
    assert said[0] == "Not allowed: Release at the end of the sentence"
    assert "Nothing was changed." in said
    assert any("time left of the sentence: at most 0 days" in line for line in said)


def test_in_short_an_answer_names_what_is_missing_and_whom_to_ask() -> None:
    said = explain(MATCH).splitlines()
    assert "on record" not in "\n".join(said)
    place = said.index("? Therapeutic community in prison")
    assert said[place + 1 : place + 3] == [
        "  ? health clearance for group work (a person has to judge; can be answered by: health "
        "professional)",
        "? Housing advice",
    ]


def test_identifying_values_are_not_spelled_out() -> None:
    for form in Format:
        told = explain_all(list(RESULTS.values()), form=form, detail=True)
        assert "1994-02-28" not in told


@pytest.mark.parametrize("name", RESULTS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", list(Format))
def test_a_result_read_back_explains_itself_in_the_same_words(
    name: str, language: str, form: Format
) -> None:
    result = RESULTS[name]
    again = exchange.read(exchange.write(result), type(result))
    assert explain(again, language=language, form=form) == explain(
        result, language=language, form=form
    )


def test_georgian_is_spoken_and_what_lacks_falls_back_visibly() -> None:
    said = explain(GEORGIA, language="ka", detail=True)
    assert "სრულდება" in said
    assert "ბიბლიოთერაპია" in said
    assert "[en] Understanding crime (adult)" in said
    assert "[en] Excluded person" in said
    assert "[en]" not in explain(GEORGIA, language="en", detail=True)


def test_a_missing_wording_falls_back_to_whatever_there_is() -> None:
    assert Wording("ka").title(Text((("ro", "Titlu"),))) == "[ro] Titlu"
    assert Wording("ka").title(Text(())) == ""
    assert Wording("en").say("no.such_phrase") == "no.such_phrase"
    assert Wording("en").say("near.lead") == "Looked ahead for {lead}."
    assert Wording("en").say("near.until", way="now") == "now; no longer from {until} on"


@pytest.mark.parametrize(
    ("term", "en", "ka"),
    [
        (Term(years=1), "1 year", "1 წელი"),
        (Term(years=2, months=1, days=3), "2 years 1 month 3 days", "2 წელი 1 თვე 3 დღე"),
        (Term(), "0 days", "0 დღე"),
    ],
    ids=["one", "all", "none"],
)
def test_lengths_are_worded(term: Term, en: str, ka: str) -> None:
    assert Wording("en").term(term) == en
    assert Wording("ka").term(term) == ka


def test_gaps_are_filled_by_name_and_never_executed() -> None:
    said = Wording("en").say("plan.holder", holder="{holder.__class__} {0} %s")
    assert said == "Accountable office: {holder.__class__} {0} %s."
    assert Wording("en").say("plan.holder") == "Accountable office: {holder}."


@pytest.mark.parametrize(
    ("language", "form", "problem"),
    [
        ("xx", Format.TEXT, ("unknown_value", "language")),
        (["en"], Format.TEXT, ("wrong_type", "language")),
        ("en", "pdf", ("wrong_type", "form")),
        ("en", ["text"], ("wrong_type", "form")),
        ("en", None, ("wrong_type", "form")),
    ],
)
def test_unknown_language_or_form_is_refused(
    language: Any, form: Any, problem: tuple[str, str]
) -> None:
    with pytest.raises(InputError) as caught:
        explain(MATCH, language=language, form=form)
    assert [(p.code, p.path) for p in caught.value.problems] == [problem]


class _Tags(HTMLParser):
    """Collects what opens and closes, and what is fetched from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.fetched += [name for name, _ in attrs if name in ("src", "href", "onload")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_and_needs_nothing_from_elsewhere(language: str) -> None:
    page = explain_all(list(RESULTS.values()), language=language, form=Format.HTML)
    tags = _Tags()
    tags.feed(page)
    assert tags.open == []
    assert tags.fetched == []
    assert "script" not in tags.seen
    assert f'<html lang="{language}">' in page


HOSTILE = "<script>alert(1)</script> & *bold* [link](x)"


def _hostile() -> Result:
    title = Text.of(en=HOSTILE)
    programs = tuple(evolve(p, title=title) for p in MATCH.grounds.programs)
    return evolve(MATCH, grounds=evolve(MATCH.grounds, programs=programs))


def test_titles_cannot_bring_markup_into_a_page() -> None:
    page = explain(_hostile(), form=Format.HTML)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_titles_cannot_bring_markup_into_markdown() -> None:
    said = explain(_hostile(), form=Format.MARKDOWN)
    assert r"\<script\>alert(1)\</script\> & \*bold\* \[link\](x)" in said


def test_a_page_without_a_heading_has_no_title() -> None:
    assert "<title></title>" in explain_all([], form=Format.HTML)


def test_dates_of_law_are_told_whether_it_ends_goes_on_or_only_its_parts_do() -> None:
    def told(in_force: Span | None) -> str:
        programs = (evolve(XX.programs[4], in_force=in_force),)
        country = evolve(XX, programs=programs)
        return explain(casework.match(CASE, country, on=ON))

    assert "in force from 2030-01-01 on" in told(span("2030-01-01"))
    entry = XX.programs[4].entry
    assert entry is not None
    gone = evolve(entry, about=About(in_force=span("2020-01-01", "2021-01-01")))
    country = evolve(XX, programs=(evolve(XX.programs[4], entry=gone),))
    assert "none of its parts is in force" in explain(casework.match(CASE, country, on=ON))


def test_the_version_of_the_law_that_was_used_is_told_with_its_days() -> None:
    told = explain(casework.match(CASE, XX, on=ON), detail=True)
    assert "Adult (age: at least 18 years; on record p-1; in force from 1995-01-01 on;" in told
    assert "21 years" not in told


def _told(entry: dict[str, Any], on: str = "2026-11-16") -> str:
    """What is said of a service whose entry rule is this, of which no comparison is titled."""
    reader = CriterionReader(
        facts=XX.facts, rules=XX.rules, codec=Codec(plain_forms()), clocks=CLOCKS
    )
    service = evolve(XX.programs[4], entry=reader.read(entry))
    return explain(casework.match(CASE, evolve(XX, programs=(service,)), on=day(on)), detail=True)


SINCE_2000 = {"start": "2000-01-01", "end": "open"}
SUPERVISED = {"fact": "setting", "is": "custody", "in_force": SINCE_2000, "cite": ["xx-act"]}


def test_a_rule_in_versions_is_told_as_the_one_that_is_law() -> None:
    told = _told({"versions": [SUPERVISED]})
    assert "  + Entry rules: setting is custody (found: custody; on record pl-1;" not in told
    assert "+ setting is custody (found: custody; on record pl-1; in force from 2000-01-01" in told
    assert "as it is law on this day" not in told


@pytest.mark.parametrize(
    "said", [{"title": {"en": "Place"}}, {"status": "draft"}], ids=["title", "draft"]
)
def test_what_is_said_of_all_versions_stands_above_the_one_that_is_law(
    said: dict[str, Any],
) -> None:
    lines = _told({"all": [{"versions": [SUPERVISED], **said}]}).splitlines()
    heading = "Place" if "title" in said else "as it is law on this day (draft)"
    place = lines.index(f"    + {heading}")
    assert lines[place + 1].startswith("      + setting is custody (found: custody;")


def test_a_day_of_which_no_version_is_known_is_told_as_a_question_for_a_person() -> None:
    gap = {"gap": True, "in_force": {"start": "1990-01-01", "end": "2000-01-01"}}
    told = _told({"versions": [gap, SUPERVISED]}, "1999-12-31")
    assert "? the law of these days, of which no version is known, is met (a person has" in told
    by_release = {"versions": [SUPERVISED], "clock": "release"}
    assert "+ time to the earliest release: first day on 2000-01-01 or later" in _told(by_release)


def test_a_programme_for_people_of_other_days_says_for_which() -> None:
    past = evolve(XX.programs[4], in_force=span("1990-01-01", "2020-01-01"), clock=Clock.RELEASE)
    told = explain(casework.match(CASE, evolve(XX, programs=(past,)), on=ON), detail=True)
    assert "x The days for which the programme is meant" in told
    assert "time to the earliest release: first day before 2020-01-01" in told


def test_sets_numbers_and_endless_time_are_worded() -> None:
    phrasing = Phrasing(Wording("en"), MATCH.grounds)
    languages, served = XX.facts["languages"], XX.facts["sentence_remaining"]
    assert phrasing.value(languages, frozenset({"xx", "en"})) == "English, Exlandic"
    assert phrasing.value(served, NEVER) == "never"
    assert phrasing.value(XX.facts["events"], 3) == "3"


def test_groups_without_a_title_say_how_their_parts_count() -> None:
    phrasing = Phrasing(Wording("en"), None)
    one = ask(XX.facts["age"]).at_least(Term(years=18))
    assert phrasing.heading(one) == "age: at least 18 years"
    assert phrasing.heading(AllOf((one,))) == "all of these"
    assert phrasing.heading(AnyOf((one,))) == "at least one of these"
    assert phrasing.heading(Not(one)) == "not this"
    assert phrasing.heading(AtLeast(1, (one,))) == "at least 1 of these"
    assert phrasing.heading(ask(XX.facts["languages"]).has_any("en")) == "languages is en"
    assert phrasing.code("within", "6 months") == "6 months"


def test_a_cell_with_evidence_shows_it_even_where_it_was_completed_by_assumption() -> None:
    line = next(
        line for line in explain(MATCH, detail=True).splitlines() if "At most one sanction" in line
    )
    assert "on record e-1" in line
    assert "taken as none" not in line


def test_a_fact_that_nobody_is_named_for_only_says_why_it_is_unknown() -> None:
    fact = Fact(name="plain", shape=Shape.FLAG, about="A flag.")
    verdict = judge(ask(fact).is_(True), lambda _: Unknown(UnknownKind.STALE), on=ON)
    said = Phrasing(Wording("en"), None).proof(verdict)
    assert said.words == "fact.plain (the record is past its validity; draft)"


@pytest.mark.parametrize(
    ("name", "told"), [("count", "found: between 2 and 4"), ("identifying", "")]
)
def test_what_lies_between_two_values_is_told_unless_it_identifies(name: str, told: str) -> None:
    fact = Fact(name=name, shape=Shape.COUNT, about="A number.", identifying=name != "count")
    cell = Unknown(UnknownKind.DISPUTED, between=(2, 4))
    verdict = judge(ask(fact).at_least(3), lambda _: cell, on=ON)
    words = Phrasing(Wording("en"), None).proof(verdict).words
    assert ("between 2 and 4" in words) == bool(told)
    assert told in words


def test_captions_stand_above_their_results_and_may_be_fewer() -> None:
    said = explain_all([MATCH, PLAN], captions=["First"])
    assert said.startswith("First\n=====\n\nProgrammes and services")
    assert "\nDraft of the plan" in said


def test_in_short_a_refusal_names_what_failed_inside_a_clause() -> None:
    young = evolve(CASE, beneficiary=(evolve(CASE.beneficiary[0], birth_date=day("2012-01-01")),))
    told = explain(casework.match(young, XX, on=ON)).splitlines()
    place = told.index("x 2 programmes and services")
    assert told[place + 1 : place + 4] == [
        "  x required: Adult",
        "  - Thinking skills",
        "  - Therapeutic community in prison",
    ]


def test_a_result_gives_its_programmes_by_id() -> None:
    program = MATCH.grounds.program(ProgramId("drop_in"))
    assert program.title.in_language("en") == ("Drop-in counselling", "en")
    with pytest.raises(InputError, match="program_id: dangling_id"):
        MATCH.grounds.program(ProgramId("nothing"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_has_a_phrase_without_a_gap(language: str) -> None:
    said = {"term": "6 months", "share": "2/3", "office": "ngo-9"}
    phrasing = Phrasing(Wording(language), XX)
    for name, fact in XX.facts.items():
        given = {p.name: said.get(p.takes) or p.codes[-1] for p in fact.parameters}
        told = phrasing.fact(fact, given)
        assert told, name
        assert not set("{}_") & set(told), told
        assert f"fact.{name}" not in told


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        (
            "time_in_setting",
            {"setting": ["hospital", "custody"], "gap": "10 days"},
            "time in custody, hospital, breaks of up to 10 days forgiven",
        ),
        (
            "time_in_state_housing",
            {"state": "permanent"},
            "housing: time as permanent",
        ),
        (
            "changes_of_state_unit",
            {"direction": "any", "state": "isolation", "within": "3 days", "ageing": "inclusive"},
            "housing unit: changes (any) within 3 days to isolation",
        ),
        (
            "observations_of_drug_test",
            {"value": "positive", "within": "6 months", "ageing": "inclusive"},
            "drug test, positive, within 6 months",
        ),
        (
            "events_between",
            {"kind": "violation", "anchor": "latest_payment", "after": "0 days"},
            "violation of an obligation from 0 days after the latest event: "
            "payment of what is owed",
        ),
        (
            "time_to_share_served",
            {"share": "2/3", "term": "minimum"},
            "time until 2/3 of the minimum term is served",
        ),
        ("observed_drug_test", {}, "drug test"),
        ("measured_restitution_owed", {}, "restitution still owed"),
        (
            "incidents_violation",
            {
                "severity_at_least": "serious",
                "outcomes": ["sustained", "dismissed"],
                "counted_from": "report",
                "within": "6 months",
                "ageing": "exclusive",
            },
            "violation of an obligation within 6 months since the report, at least serious, "
            "sustained, dismissed",
        ),
        (
            "undecided_events",
            {"kind": "violation"},
            "violation of an obligation, not decided yet",
        ),
        (
            "offence_of",
            {"offence_kind": ["violent", "sexual"], "scope": "current"},
            "violent offence, sexual offence, of a running sentence",
        ),
        (
            "offences",
            {
                "offence_kind": "violent",
                "counted_from": "convicted",
                "within": "10 years",
                "ageing": "exclusive",
            },
            "violent offence, convicted within 10 years",
        ),
        ("time_to", {"milestone": "projected_release"}, "time to the projected release"),
        (
            "refusals",
            {
                "subject": "thinking_skills",
                "except_reasons": "no_place",
                "within": "6 months",
                "ageing": "exclusive",
            },
            "refusals of Thinking skills within 6 months, but for the reason no place is free",
        ),
        (
            "ruling_in_force",
            {"subject": "home_leave", "outcome": "granted"},
            "leave at home: granted, and still in force",
        ),
        ("registered", {"register": "warrants"}, "entry in the register of warrants"),
        (
            "responsivity_factor",
            {"responsivity_kind": "mental_health"},
            "delivery has to heed mental health",
        ),
        (
            "time_to_duty",
            {"kind": ["office_visit", "risk_assessment"], "first": "14 days", "every": "1 month"},
            "time until due: visit to the probation office, assessment of risk, first after "
            "14 days, then every 1 month",
        ),
        ("score_classification", {}, "Points for the custody level"),
    ],
)
def test_facts_are_told_with_what_was_said_for_their_parameters(
    name: str, given: dict[str, Any], told: str
) -> None:
    asked = ask(XX.facts[name], **given)
    assert Phrasing(Wording("en"), XX).fact(asked.fact, dict(asked.given)) == told


def test_how_one_fact_stands_to_another_is_told_in_words() -> None:
    fact = XX.facts["compared_custody_level"]
    phrasing = Phrasing(Wording("en"), MATCH.grounds)
    assert phrasing.value(fact, "higher") == "higher"
    assert phrasing.value(fact, "same") == "the same"
    assert Phrasing(Wording("ka"), None).value(fact, "lower") == "უფრო დაბალი"
