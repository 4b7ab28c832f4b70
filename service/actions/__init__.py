"""Every change to the data: one function and one transaction each."""
