"""Builds and proves the Debian packages and the portable folder for Linux."""
