"""Reports: diagnostics and inventories as text for a person and as JSON for a program."""
