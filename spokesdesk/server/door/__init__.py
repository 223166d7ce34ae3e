"""The journalists' door: accounts, what they ask of agencies, what agencies answer, who answers in time."""
