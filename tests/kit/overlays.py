"""Overlays on a country that hold only the files that a test is about."""

from pathlib import Path

from rehabcore import jurisdictions
from rehabcore.jurisdictions import Jurisdiction

PACK = """
id = "local"
version = "1"
extends = "xx"
title = { en = "Local" }
about = { en = "Local rules." }
languages = ["en"]
"""


def overlay_in(folder: Path, pack: str = PACK, **files: str) -> Path:
    """Write an overlay, with the text of some of its files by their names."""
    folder.mkdir(exist_ok=True)
    for name, text in {"pack": pack, **files}.items():
        folder.joinpath(f"{name}.toml").write_text(text, "utf-8")
    return folder


def overlay(folder: Path, pack: str = PACK, **files: str) -> Jurisdiction:
    """Country ``xx`` with such an overlay."""
    return jurisdictions.load(overlay_in(folder, pack, **files))
