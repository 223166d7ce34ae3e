"""What the public sees: pages in Vietnamese made on the server, without scripts, and the Atom feed."""
