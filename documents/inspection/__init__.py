"""Measuring a finished PDF against the format checklist, from the geometry of its glyphs."""

from documents.inspection.checklist import Finding, NotAPdfError, inspect

__all__ = ["Finding", "NotAPdfError", "inspect"]
