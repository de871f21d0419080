"""The rooms of the window, one for each noun."""
