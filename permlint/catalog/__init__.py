"""What is known of Meta's platform: permissions, dependencies, logins, versions, each with source and date.

``load()`` gives the catalog, ``Catalog.as_of(day, graph_version)`` what held on a day. Nothing about a
particular permission stands in code: every fact is a row of the TOML files in ``data/``, compiled by ``python
-m permlint.catalog.build`` into the JSON that is read at run time.
"""

from permlint.catalog.model import (
    Broader,
    CatalogError,
    EdgeError,
    EdgeOperation,
    Endpoint,
    Feature,
    Field,
    Login,
    Misspelling,
    Permission,
    PermissionsEdge,
    Status,
    Version,
    VersionStatus,
)
from permlint.catalog.store import Catalog, load, read
from permlint.catalog.versions import compare_versions, parse_version
from permlint.catalog.view import CatalogView

__all__ = [
    "Broader",
    "Catalog",
    "CatalogError",
    "CatalogView",
    "EdgeError",
    "EdgeOperation",
    "Endpoint",
    "Feature",
    "Field",
    "Login",
    "Misspelling",
    "Permission",
    "PermissionsEdge",
    "Status",
    "Version",
    "VersionStatus",
    "compare_versions",
    "load",
    "parse_version",
    "read",
]
