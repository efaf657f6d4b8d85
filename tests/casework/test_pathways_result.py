"""The result about pathways of resettlement: told in words, stored, and read back."""

import pytest
from attrs import evolve

from rehabcore import casework, exchange, jurisdictions
from rehabcore.care.resettlement.standings import PathwaysSeen
from rehabcore.casework.care_results import PathwaysResult
from rehabcore.reports import Format, explain
from tests.kit.builders import case, day
from tests.kit.record_makers import (
    XX,
    pathway_act,
    pathway_assessment,
    pathway_reset,
    support_need,
    support_need_act,
)
from tests.kit.resettlement import ALL, BACK, BEGUN, DONE, SEVEN, recalled, released

ON = "2026-06-01"


SKIPPED = pathway_assessment("h", "2026-01-04", skipped="transfer")
THREE = pathway_assessment(
    "f", "2026-01-06", dict.fromkeys(SEVEN[:3], "done"), "pre_release", submitted=True
)
PLAN = pathway_assessment("j", "2026-02-02", ALL, "pre_release", submitted=True)


def test_the_page_tells_what_stands_what_came_before_and_what_is_to_be_done() -> None:
    file = evolve(released(), placements=BACK)
    told = explain(casework.pathways(file, XX, on=day(ON)))
    for line in (
        "! the person came back to prison on 2026-03-09, and nobody has filed",
        "! assess on every pathway what is needed at once",
        "- a place to live: not started (on 2026-03-09; begun anew; on record pl-3)",
        "  - a lasting home: not started (on 2026-03-09; begun anew; on record pl-3)",
        "    - before: met (on 2026-02-20; on record m)",
        "  - before: support required (on 2026-01-05; by an assessment; on record e)",
        "- Immediate needs, on entry (not begun; from before all began anew: e)",
        "- nobody said why (on 2026-03-09; not filed: it follows from the return; on record pl-3)",
        "- resettlement-passport:",
    ):
        assert line in told, line
    before = explain(casework.pathways(file, XX, on=day("2026-02-28")))
    for line in (
        "- the assessment before release can be made",
        "- health: support required (on 2026-01-05; by an assessment; on record e; "
        "somebody looked for needs on 2026-02-03, and found none)",
        "- Immediate needs, on entry (submitted on 2026-01-05)",
        "  ? a place to live: support required (as found on entry; to be looked at anew)",
        "- Before release (begun)",
        "  - health: done",
    ):
        assert line in before, line


def test_the_page_tells_what_does_not_fit_and_what_is_missing() -> None:
    file = case(
        pathway_acts=(DONE, pathway_act("b", "in_progress", "2026-02-28")),
        pathway_assessments=(SKIPPED, BEGUN, THREE),
        support_needs=(
            support_need("s", "2026-02-01", None),
            support_need("u", "2026-02-02", "job", "health"),
        ),
        support_need_acts=(support_need_act("n", "s", "met", "2026-02-20"),),
        pathway_resets=(pathway_reset("r", "2025-03-09"),),
    )
    told = explain(casework.pathways(file, XX, on=day(ON)))
    for line in (
        "on 2026-02-28; it does not follow from what stood before; on record b",
        "  - work: not started (found on 2026-02-02)",
        "- Immediate needs, on entry (left out: transfer)",
        "- Before release (begun; on file, but it does not fit: f)",
        "  ? learning and work: no answer yet",
        "- recall to prison (on 2025-03-09; on record r)",
        "on file, but it does not fit: n",
    ):
        assert line in told, line
    submitted = explain(casework.pathways(case(pathway_assessments=(PLAN,)), XX, on=day(ON)))
    assert "What is to be done" not in submitted


def test_a_country_without_a_list_has_no_pathways_and_nobody_is_asked() -> None:
    result = casework.pathways(released(), jurisdictions.load("ge"), on=day(ON))
    assert result.seen == PathwaysSeen()
    assert "This country has no list of pathways." in explain(result)
    assert exchange.read(exchange.write(result), PathwaysResult) == result


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("language", ["en", "ka"])
def test_the_result_is_told_in_every_form(form: Format, language: str) -> None:
    result = casework.pathways(recalled(), XX, on=day(ON))
    assert "m-reset" in explain(result, language=language, form=form)


def test_the_result_is_stored_and_read_back_whole() -> None:
    result = casework.pathways(recalled(), XX, on=day(ON))
    stored = exchange.write(result)
    assert exchange.read(stored) == exchange.read(stored, PathwaysResult) == result
    assert exchange.content_hash(exchange.read(stored)) == exchange.content_hash(result)
    assert repr(result) == "<PathwaysResult xx@2026.2 on 2026-06-01: 7 pathways>"
