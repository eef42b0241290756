"""`make package`: the skill package for the Alexa developer console, every locale from the one that is kept."""

from __future__ import annotations

import argparse
import copy
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from milk_coach.content.files import read
from milk_coach.content.phrasebook import language_of, word_table
from tools.interaction_model import LOCALES, SOURCE_LOCALE, as_text, build

MANIFEST = Path("skill.json")
PACKAGE = Path("build/skill-package")
_PLACEHOLDER = "example.com"


def manifest() -> dict[str, Any]:
    """skill.json with every locale: the others are the source locale in their local words."""
    skill: dict[str, Any] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    for section in ("publishingInformation", "privacyAndCompliance"):
        locales = skill["manifest"][section]["locales"]
        for locale in LOCALES:
            locales[locale] = _localised(copy.deepcopy(locales[SOURCE_LOCALE]), locale)
    return skill


def placeholders(skill: dict[str, Any]) -> list[str]:
    """Where the manifest still holds an address or an account that is nobody's."""
    found = []
    for locale, pages in skill["manifest"]["privacyAndCompliance"]["locales"].items():
        found += [f"{locale} {name}" for name, url in pages.items() if _PLACEHOLDER in url]
    if ":000000000000:" in skill["manifest"]["apis"]["custom"]["endpoint"]["uri"]:
        found.append("endpoint uri")
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the package; a release refuses placeholders, an ordinary build warns of them."""
    parser = argparse.ArgumentParser(prog="make package")
    parser.add_argument("--release", action="store_true", help="refuse placeholders")
    options = parser.parse_args(arguments)
    skill = manifest()
    if left := placeholders(skill):
        print(f"Placeholders are left in {MANIFEST}: {', '.join(left)}.", file=sys.stderr)
        if options.release:
            print("A release needs real ones. Nothing was built.", file=sys.stderr)
            return 1
    write(skill, PACKAGE)
    print(f"Built {PACKAGE} for {', '.join(LOCALES)}.")
    return 0


def write(skill: dict[str, Any], folder: Path) -> None:
    """Write the package as ask-cli v2 expects it."""
    shutil.rmtree(folder, ignore_errors=True)
    models, images = folder / "interactionModels" / "custom", folder / "assets" / "images"
    models.mkdir(parents=True)
    images.mkdir(parents=True)
    (folder / "skill.json").write_text(json.dumps(skill, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    for locale in LOCALES:
        (models / f"{locale}.json").write_text(as_text(build(locale)), encoding="utf-8")
        for size, name in ((108, "smallIcon"), (512, "largeIcon")):
            shutil.copyfile(f"assets/icon-{size}.png", images / f"{locale}_{name}.png")


def _localised(value: Any, locale: str) -> Any:
    if isinstance(value, dict):
        return {name: _localised(inner, locale) for name, inner in value.items()}
    if isinstance(value, list):
        return [_localised(inner, locale) for inner in value]
    if not isinstance(value, str):
        return value
    local = word_table(read(language_of(locale), "locales.toml")[locale])
    return local(value.replace(f"/{SOURCE_LOCALE}_", f"/{locale}_"))


if __name__ == "__main__":
    sys.exit(main())
