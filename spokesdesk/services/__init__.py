"""What a person can do at the desk: one function each; asks for what it needs through ports."""
