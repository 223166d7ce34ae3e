"""A deterministic simulation of sharing: real desks, real portal, real databases; only line and clock are its own.

``python -m tests.sync.simulation --histories N --seed S`` prints for each history that fails what replays it.
"""
