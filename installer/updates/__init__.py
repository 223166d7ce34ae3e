"""Signs what users' programs update themselves from: keys, the root of trust, the list of versions."""
