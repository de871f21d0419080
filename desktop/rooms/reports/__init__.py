"""The room where reports are made, looked at, saved and printed."""
