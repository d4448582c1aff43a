"""Benchmarks: the product beside a limit or a peer, measured in one run and told as a ratio."""
