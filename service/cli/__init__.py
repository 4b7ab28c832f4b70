"""The command line: every command over the same code that serves HTTP."""
