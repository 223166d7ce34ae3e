"""Building blocks of the screens: every one has an accessible name, works by keyboard and fits Ấ Ỗ Ễ.

Screens import from the modules: ``basic`` (Card, Chip, buttons, PageHeader), ``fields``, ``suggest``,
``drop``, ``rowlist``, ``states`` (EmptyState, Busy, Toast, Note), ``stepper``, ``pageview``, ``sheet`` (dialogs).
"""
