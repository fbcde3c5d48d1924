"""Serving: pure functions from a request to a response, and thin doors over them."""
