"""The clients: everybody the practice serves, did serve or may serve, and the page of each."""
