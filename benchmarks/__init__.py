"""Measurements: throughput over HTTP beside a constant answer, and the speed of detection."""
