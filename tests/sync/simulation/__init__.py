"""A deterministic simulation of sharing: the real desks, the real portal, real databases; only line and clock are ours.

``python -m tests.sync.simulation --histories N --seed S`` runs histories and prints a command that replays one that failed.
"""
