"""The hosts of the Graph API: the family of logins whose tokens each takes, and hosts that answer like another."""

from __future__ import annotations

FAMILIES = {
    "graph.facebook.com": "facebook",
    "rupload.facebook.com": "facebook",
    "api.facebook.com": "facebook",
    "mcp.facebook.com": "facebook",
    "www.facebook.com": "facebook",
    "lookaside.fbsbx.com": "facebook",
    "graph.instagram.com": "instagram",
    "api.instagram.com": "instagram",
    "graph.threads.com": "threads",
    "graph.threads.net": "threads",
}
# Hosts that answer like another one.
SAME = {
    "graph-video.facebook.com": "graph.facebook.com",
    "graph.beta.facebook.com": "graph.facebook.com",
    "graph-video.beta.facebook.com": "graph.facebook.com",
    "graph.workplace.com": "graph.workplace.com",
    "graph.fb.me": "graph.facebook.com",
    "graph.fb.gg": "graph.facebook.com",
}
