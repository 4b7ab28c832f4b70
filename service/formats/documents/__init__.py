"""The JSON documents that the API serves: rendered once at a write, and read back into values."""
