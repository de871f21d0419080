"""The room of choices: the practice's own, this computer's, the file's, and the history of every step."""
