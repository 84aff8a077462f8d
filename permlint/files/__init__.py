"""The files of a project: which there are, and how they are read without leaving the project."""

from permlint.files.discovery import Listing, discover
from permlint.files.reading import is_environment_file, read_file, why_unreadable

__all__ = ["Listing", "discover", "is_environment_file", "read_file", "why_unreadable"]
