"""Values to bytes and back: the formats that Creditline reads and writes."""
