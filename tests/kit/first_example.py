"""The first example of README, as a program: ``make types`` checks it as a user's own would be."""

import re
import sys
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"


def first_example() -> tuple[str, str]:
    """The program, and the beginning of what it prints."""
    blocks = re.findall(r"^```(python|text)\n(.*?)^```$", README.read_text("utf-8"), re.M | re.S)
    (_, program), (_, printed) = blocks[:2]
    return program, printed


if __name__ == "__main__":
    sys.stdout.write(first_example()[0])
