"""`make model`: writes every generated part of the repository."""

from __future__ import annotations

from milk_coach.content.files import COMPILED
from tools import train_understanding
from tools.content_source import compiled
from tools.interaction_model import MODEL_FILE, as_text, build


def main() -> None:
    """Write the compiled content, the interaction model, and what the understanding learns from the wordings."""
    COMPILED.write_text(compiled(), encoding="utf-8")
    print(f"wrote {COMPILED.name}")
    MODEL_FILE.write_text(as_text(build()), encoding="utf-8")
    print(f"wrote {MODEL_FILE}")
    train_understanding.main()


if __name__ == "__main__":
    main()
