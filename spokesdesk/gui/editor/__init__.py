"""The rich text editor of papers: blocks shown as they look, read back as blocks; nobody ever sees markup."""
