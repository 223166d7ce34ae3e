"""The sections of the settings screen, one file each."""
