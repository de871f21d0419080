"""The room of continuation reviews: who is due, and both sides of the question whether to go on."""
