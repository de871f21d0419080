"""The room to begin the day in: who needs the practice, and why."""
