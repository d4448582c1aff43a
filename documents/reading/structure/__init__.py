"""The parts of a paper, each found by its own small rules; `documents.reading.plan` puts them together."""
