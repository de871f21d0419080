"""The room of what clients tell and show: verbatim, themes, what was done, and that they were told."""
