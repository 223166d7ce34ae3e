"""The portal (cổng): a web service that orders the journals of agencies and shows what they release.

Shares only ``domain``, ``wire`` and ``typeset.verify`` with the desk, and is never installed on one.
"""
