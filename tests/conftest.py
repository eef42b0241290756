"""Fixtures that every test may use."""

import pytest

from tests.harness import Home


@pytest.fixture
def home() -> Home:
    """A household that the skill has not met yet."""
    return Home()
