"""Proof of bringing data in and out."""
