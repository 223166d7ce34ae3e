"""Everything beyond the process but the database: files, keys, printers, the machine's own folders."""
