"""Objects to plain data: what is left out, and what cannot be written."""

from typing import Any

import pytest
from attrs import Factory, field, frozen

from rehabcore.strict.structure import Codec

JSON = Codec()


def _twice(box: Any) -> int:
    return 2 * int(box.size)


@frozen(kw_only=True)
class Box:
    size: int
    weight: int = field(default=Factory(_twice, takes_self=True))
    labels: tuple[str, ...] = field(factory=tuple)
    volume: int = field(default=0, init=False)


@pytest.mark.parametrize(
    ("box", "plain"),
    [
        pytest.param(Box(size=3), {"size": 3}, id="all-defaults"),
        pytest.param(Box(size=3, weight=6), {"size": 3}, id="stated-as-it-is-worked-out"),
        pytest.param(Box(size=3, weight=7), {"size": 3, "weight": 7}, id="other-than-worked-out"),
        pytest.param(Box(size=3, labels=("dry",)), {"size": 3, "labels": ["dry"]}, id="labelled"),
    ],
)
def test_what_is_the_default_is_left_out(box: Box, plain: dict[str, Any]) -> None:
    assert JSON.write(box) == plain


@pytest.mark.parametrize("wanted", [complex, int | str], ids=["class", "union"])
def test_a_type_without_a_plain_form_is_not_written(wanted: Any) -> None:
    with pytest.raises(TypeError, match="no plain form of"):
        JSON.write(1, wanted)
