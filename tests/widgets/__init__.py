"""Proof that the parts of the window behave."""
