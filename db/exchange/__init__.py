"""Bringing data in and out: file → records → the practice, and the practice → files."""
