"""The page of machines tells every key, misfit and state, and draws the table that it shows."""

import re
from enum import StrEnum

import attrs
import pytest

from rehabcore.care.machines import machine, machine_names
from rehabcore.care.plans.axes import allowed_together
from rehabcore.reports.diagrams import draw
from rehabcore.rules.data.deadline_forms import read_deadlines
from rehabcore.rules.machines.deadlines import Deadline, DueState, Offset
from rehabcore.rules.machines.pauses import PauseKind
from rehabcore.rules.machines.rows import Arrow, Effect, MachineState, Reason, ReasonGroup
from rehabcore.rules.machines.tables import Machine
from rehabcore.rules.machines.walking import Misfit
from rehabcore.strict.documents import parse_toml
from tests.kit.machine_makers import read
from tests.kit.pages import page, rows, section
from tests.kit.rule_makers import TOML

PAGE = page("reference/machines.md")
TABLE = r"^\| `([\w/@-]+)` \| (.*) \|$"

KEYS: list[tuple[str, str, type]] = [
    ("## The machine\n", "\n## ", Machine),
    ("## States\n", "\n## ", MachineState),
    ("## Arrows\n", "\n## ", Arrow),
    ("## Reasons and effects\n", "\n## ", ReasonGroup),
    ("```toml\n[[deadlines]]", "\nA day is laid", Deadline),
    ("\nA day is laid", "\nAn anchor that", Offset),
    ("## Pauses\n", "\n## ", PauseKind),
]


@pytest.mark.parametrize(
    ("start", "end", "record"), KEYS, ids=lambda one: getattr(one, "__name__", "")
)
def test_every_key_is_told(start: str, end: str, record: type) -> None:
    told = PAGE.partition(start)[2].partition(end)[0]
    assert [key for key, _ in rows(TABLE, told)] == [one.name for one in attrs.fields(record)]


def test_what_stands_in_a_group_of_reasons_and_in_an_effect_is_told() -> None:
    told = section(PAGE, "## Reasons and effects\n", "\n## ")
    for record, sentence in (
        (Reason, r"its reasons: (.*) for one"),
        (Effect, r"An effect has (.*)\."),
    ):
        [(names,)] = rows(sentence, told)
        assert re.findall(r"`(\w+)`", names) == [one.name for one in attrs.fields(record)]


@pytest.mark.parametrize(("heading", "codes"), [("misfit", Misfit), ("state", DueState)])
def test_every_code_is_told(heading: str, codes: type[StrEnum]) -> None:
    told = PAGE.partition(f"| {heading} | meaning |")[2].partition("\n\n")[0]
    assert [code for code, _ in rows(TABLE, told)] == list(codes)


def test_every_reference_model_is_told() -> None:
    told = section(PAGE, "## Reference models\n", "\n## ")
    models = (name for name in machine_names() if "/" in name)
    titles = {name: machine(name).title.in_language("en")[0] for name in models}
    assert dict(rows(TABLE, told)) == titles


def test_the_table_that_is_shown_is_the_one_that_is_drawn() -> None:
    shown = read(parse_toml(section(PAGE, "`hire.toml`:\n\n```toml\n", "```")))
    assert draw(shown) == section(PAGE, "```text\n", "```")


def test_the_deadlines_that_are_shown_are_read() -> None:
    shown = parse_toml("[[deadlines]]" + section(PAGE, "```toml\n[[deadlines]]", "```"))
    assert len(read_deadlines(shown["deadlines"], TOML, sources={})) == 2


@pytest.mark.parametrize(("name", "place"), [("pathway", 0), ("support_need", 1)])
def test_the_pathways_are_drawn_from_their_tables(name: str, place: int) -> None:
    told = section(PAGE, "## Pathways of resettlement\n", "\n## ")
    drawn = re.findall(r"```text\n(.*?)```", told, re.DOTALL)
    assert drawn[place] == draw(machine(name))


PLANS = ("plan_life", "agreement", "signature")
PARTS = ("goal", "step", "consent", "enrolment", "delivery_session")


@pytest.mark.parametrize(("place", "name"), [*enumerate((*PLANS, *PARTS))])
def test_plans_are_drawn_from_their_tables(place: int, name: str) -> None:
    told = section(PAGE, "## Plans\n", "\n## ")
    assert re.findall(r"```text\n(.*?)```", told, re.DOTALL)[place] == draw(machine(name))


def test_the_page_tells_which_states_go_together() -> None:
    told = PAGE.partition("| life | agreement | signatures |")[2].partition("\n\n")[0]
    rows_told = [
        tuple(tuple(re.findall(r"`(\w+)`", cell)) for cell in line.strip("| ").split(" | "))
        for line in told.splitlines()[2:]
    ]
    assert rows_told == [(row.life, row.agreement, row.signature) for row in allowed_together()]
