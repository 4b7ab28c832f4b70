"""Marshmallow schemas: what a client may send, checked and shaped into values. They look nothing up."""
