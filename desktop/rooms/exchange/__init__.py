"""The room where files come in, and where the whole practice goes out."""
