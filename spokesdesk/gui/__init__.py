"""The window: the only room that knows Qt; it calls services and never waits on them."""
