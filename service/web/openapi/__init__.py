"""The OpenAPI document: what each view declares, what the schemas take, and what the answers look like."""
