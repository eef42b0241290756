"""Stands in for Alexa on one's own machine: hears a sentence, sends the skill what Alexa would, speaks the answer."""

import sys
from pathlib import Path

# The skill's source root is the folder that is zipped for Lambda. `lambda` is a keyword, so it can't be a package:
# it is put on the path, here once, so that `python -m simulator` works from a fresh clone.
sys.path.insert(0, str(Path(__file__).parents[1] / "lambda"))
