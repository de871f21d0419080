"""The advisory history: what was asked, what was advised, and what the client decided."""
