"""Scales without a value say which items they lack, and those that are made of means, of which."""

from typing import Any

from rehabcore.instruments import find, from_plain, score, to_plain
from tests.filled_forms import ON, numbered


def test_blank_item_of_a_skip_is_not_lacking_to_a_scale_that_does_not_read_it() -> None:
    plain = to_plain(find("audit"))
    first: dict[str, Any] = {"dependence": plain["scales"].pop("dependence")}
    instrument = from_plain({**plain, "scales": {**first, **plain["scales"]}})
    result = score(instrument, {**numbered(10, 2), "1": None}, on=ON)
    assert result.score("dependence").value == 6
    assert result.score("consumption").missing == ("1",)
