"""A site behind each door, in about ten lines: what the documentation shows, and tests start."""
