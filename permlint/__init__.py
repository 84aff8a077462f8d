"""permlint: a static analyzer of the permissions that apps on Meta's platform ask for and need."""

__version__ = "0.1.0"
