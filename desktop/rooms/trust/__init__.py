"""The room of promises and trust notes, across all clients."""
