"""Creditline: who must be credited for an article, how, and under which license."""
