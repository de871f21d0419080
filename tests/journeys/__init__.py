"""Whole stories through the real window and a real file."""
