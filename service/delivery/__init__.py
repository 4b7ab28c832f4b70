"""Speaking to other hosts: the one outbound HTTP client, which goes nowhere that it may not."""
