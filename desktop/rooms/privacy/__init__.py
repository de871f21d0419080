"""The room of requests about data: the clock, who asks, what is held, what is given."""
