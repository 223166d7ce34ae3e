"""The portal's schema, step by step; found by path, so its files are part of the package."""
