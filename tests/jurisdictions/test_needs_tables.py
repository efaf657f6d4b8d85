"""Reading ``rnr.toml``: every fault with its file and path, and what an overlay keeps."""

from pathlib import Path

import pytest

from rehabcore.care.needs import RnrPolicy
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.rules.sources import Status
from rehabcore.strict.problems import JurisdictionError
from tests.kit import overlays
from tests.kit.record_makers import XX

COUNTING = '[criminogenic]\ndomains = ["work"]\ncount_from = "high"\n'
VERSION = '[[dosage.versions]]\nin_force = { start = 2020-01-01, end = "open" }\n'
ROW = '{ risk = "high", needs_from = 0, hours = "10" }'
CLASS = '[[sequence.classes]]\nid = "a"\ntitle = { en = "A" }\n'


def overlay(folder: Path, text: str | None) -> Jurisdiction:
    """An overlay on country ``xx`` with this ``rnr.toml``, or none."""
    return overlays.overlay(folder, **({} if text is None else {"rnr": text}))


def test_an_overlay_without_the_file_keeps_the_policy_of_its_base(tmp_path: Path) -> None:
    assert overlay(tmp_path, None).rnr_policy == XX.rnr_policy


def test_an_overlay_replaces_the_whole_policy(tmp_path: Path) -> None:
    policy = overlay(tmp_path, COUNTING).rnr_policy
    assert policy.dosage.criminogenic is not None
    assert policy.dosage.criminogenic.count_from == "high"
    assert (policy.dosage.targets, policy.apart) == (None, None)
    assert policy.sequence == RnrPolicy().sequence


def test_what_no_reviewed_source_states_is_a_draft() -> None:
    policy = XX.rnr_policy
    assert policy.dosage.targets is not None
    drafts = [
        *(version.status for version in policy.dosage.targets.versions),
        *(one.status for one in policy.sequence.classes),
        policy.apart and policy.apart.status,
    ]
    assert set(drafts) == {Status.DRAFT}
    assert policy.dosage.homework is not None
    assert policy.dosage.homework.status is Status.REVIEWED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[doses]\n", [("unknown_key", "")]),
        ("criminogenic = 5\n", [("wrong_type", "criminogenic")]),
        (
            '[criminogenic]\ndomains = ["x", "y", "work"]\ncount_from = "z"\nstatus = "reviewed"\n',
            [
                ("unknown_value", "criminogenic.domains"),
                ("unknown_value", "criminogenic.domains"),
                ("unknown_value", "criminogenic.count_from"),
                ("uncited", "criminogenic"),
            ],
        ),
        (
            f'{COUNTING}[homework]\nminutes = 30\nstatus = "reviewed"\ncite = ["xx-circular"]\n',
            [("draft_source", "homework.cite[0]")],
        ),
        ("[homework]\nminutes = 30\n", [("missing_key", "criminogenic")]),
        ("dosage = 5\n", [("wrong_type", "dosage")]),
        ("[dosage]\n", [("missing_key", "dosage.versions")]),
        ("[dosage]\nversion = 5\nversions = []\n", [("unknown_key", "dosage")]),
        ("[dosage]\nversions = []\n", [("empty_group", "dosage.versions")]),
        (f"{COUNTING}{VERSION}", [("empty_group", "dosage.versions[0].rows")]),
        (
            f"{COUNTING}{VERSION}rows = [{ROW}]\nclock = 5\ncite = ['nowhere']\n",
            [
                ("unknown_key", "dosage.versions[0]"),
                ("dangling_id", "dosage.versions[0].cite[0]"),
            ],
        ),
        (
            f"{COUNTING}{VERSION}rows = [{ROW}]\ncite = ['xx-circular']\n",
            [("draft_source", "dosage.versions[0].cite[0]")],
        ),
        (
            f"{COUNTING}{VERSION}rows = [{{ risk = 'x', needs_from = -1, hours = 10 }}]\n",
            [
                ("wrong_type", "dosage.versions[0].rows[0].hours"),
            ],
        ),
        (
            f"{COUNTING}{VERSION}rows = [{ROW}, {ROW.replace('0,', '1,').replace('10', '9')}]\n",
            [("out_of_range", "dosage.versions[0].rows")],
        ),
        (
            f"{COUNTING}{VERSION}rows = [{ROW}]\n{VERSION}rows = [{ROW}]\n",
            [("overlap", "dosage.versions[1].in_force.start")],
        ),
        (
            f"{CLASS}domains = ['x']\nareas = ['y']\nprograms = ['z']\nopen_from = 'w'\n"
            "cite = ['nowhere']\n",
            [
                ("unknown_value", "sequence.classes[0].domains"),
                ("unknown_value", "sequence.classes[0].areas"),
                ("unknown_value", "sequence.classes[0].programs"),
                ("unknown_value", "sequence.classes[0].open_from"),
                ("dangling_id", "sequence.classes[0].cite[0]"),
            ],
        ),
        (f"{CLASS}waits_for = ['b']\n", [("dangling_id", "sequence.classes[0].waits_for")]),
        ("apart = 5\n", [("wrong_type", "apart")]),
        ("[apart]\nlow = ['low']\n", [("missing_key", "apart.high")]),
        (
            "[apart]\nlow = ['low']\nhigh = ['high']\nlevels = ['low', 'high']\n",
            [("unknown_key", "apart")],
        ),
        ("[apart]\nlow = ['x']\nhigh = ['high']\n", [("unknown_value", "apart.low")]),
        (
            "[apart]\nlow = ['low']\nhigh = ['high']\nstatus = 'reviewed'\n",
            [("uncited", "apart")],
        ),
    ],
)
def test_a_faulty_policy_is_refused_with_all_its_problems(
    text: str, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    with pytest.raises(JurisdictionError) as raised:
        overlay(tmp_path, text)
    assert [(p.code, p.path) for p in raised.value.problems] == expected
    assert {problem.file for problem in raised.value.problems} == {"rnr.toml"}


def test_a_declared_gap_has_no_figures(tmp_path: Path) -> None:
    gap = "[[dosage.versions]]\ngap = true\nin_force = { start = 2019-01-01, end = 2020-01-01 }\n"
    policy = overlay(tmp_path, f"{COUNTING}{gap}{VERSION}rows = [{ROW}]\n").rnr_policy
    assert policy.dosage.targets is not None
    assert [version.value is None for version in policy.dosage.targets.versions] == [True, False]
