"""What checks say, and what they take the value from."""

from rehabcore import instruments
from rehabcore.instruments import Remark, ScoreResult
from tests.kit.builders import day

FORM = """
instrument = { id = "checked", tool = "C", title = "Checked", edition = "1", higher_means = "more" }
validity = { population = "nobody", administered_by = "anyone" }
licence = { class = "public_domain", holder = "none", notice = "Made for a test." }
source = [{ id = "s", cite = "this test", tier = "A" }]
items = [{ numbers = ["a", "b", "c"], values = [0, 1, 2] }]

[scales]
read = { of = "b", if_missing = 0 }
total = { plus = ["a", "read", { of = "c", if_missing = 1 }] }

[[checks]]
code = "MISSING"
when = { blanks = ["b", "c"], at_least = 1 }
voids = ["read"]
about = "both are asked for"
"""


def _scored(**answers: int | None) -> ScoreResult:
    return instruments.score(
        instruments.read_instrument(FORM), {"a": 1, "b": 1, "c": 1, **answers}, on=day("2026-01-01")
    )


def test_check_that_counts_unanswered_items_names_them() -> None:
    said = Remark(code="MISSING", items=("b",), about="both are asked for")
    assert _scored(b=None).objections == (said,)


def test_scale_that_such_a_check_voids_lacks_these_items_and_so_does_what_reads_it() -> None:
    result = _scored(b=None, c=None)
    for name in ("read", "total"):
        score = result.score(name)
        assert (score.value, score.why, score.missing) == (None, "objection", ("b", "c"))


def test_bounds_of_a_void_scale_are_those_of_every_completion() -> None:
    score = _scored(b=None, c=None).score("total")
    assert (score.low, score.high) == (1, 5)


FORM_OF_DEFAULTS = FORM.replace("""plus = ["a", "read", """, """plus = ["a", """)


def test_scale_does_not_lack_what_a_figure_stands_for() -> None:
    form = instruments.read_instrument(FORM_OF_DEFAULTS)
    score = instruments.score(form, {"b": 1}, on=day("2026-01-01")).score("total")
    assert (score.value, score.missing) == (None, ("a",))
