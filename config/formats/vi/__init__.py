"""Formats that Django's own Vietnamese locale lacks: it would read 05/6/2026 as the sixth of May."""
