"""The bands that a file of the library names are those of the instrument that is made of it."""

import pytest

from rehabcore import instruments
from rehabcore.instruments.shipped import labels_of_bands


@pytest.mark.parametrize("name", instruments.names())
def test_bands_read_from_the_file_alone_are_those_of_the_instrument(name: str) -> None:
    made = instruments.find(name)
    bands = {b.name: [band.label for t in b.tables for band in t.bands] for b in made.bands}
    nearest = {one.name: [label for label, _ in one.means] for one in made.nearest}
    assert labels_of_bands(name) == {
        table: tuple(dict.fromkeys(label for label in labels if label))
        for table, labels in (bands | nearest).items()
    }
