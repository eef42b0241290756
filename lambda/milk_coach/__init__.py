"""Milk Coach: a voice skill about the letdown reflex."""

__version__ = "0.1.0"
