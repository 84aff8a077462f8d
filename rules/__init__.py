"""The rules of permlint, one module each; found by discovery and never imported by name."""
