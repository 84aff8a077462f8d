"""Calls to the Graph API."""

import requests

from storefront import settings

GRAPH = "https://graph.facebook.com/v25.0"
_SECONDS = 10


def exchange(code, redirect_uri):
    """The access token that a code of the login dialog stands for."""
    query = {
        "client_id": settings.FACEBOOK_APP_ID,
        "client_secret": settings.FACEBOOK_APP_SECRET,
        "redirect_uri": redirect_uri,
        "code": code,
    }
    answer = requests.get(f"{GRAPH}/oauth/access_token", params=query, timeout=_SECONDS)
    answer.raise_for_status()
    return answer.json()["access_token"]


def pages(token):
    """The Pages that the owner manages, each with its own token."""
    query = {"fields": "id,name,access_token", "access_token": token}
    answer = requests.get(f"{GRAPH}/me/accounts", params=query, timeout=_SECONDS)
    answer.raise_for_status()
    return answer.json()["data"]


def publish(page_id, page_token, message, link):
    """Posts to a Page and returns the post's id."""
    data = {"message": message, "link": link, "access_token": page_token}
    answer = requests.post(f"{GRAPH}/{page_id}/feed", data=data, timeout=_SECONDS)
    answer.raise_for_status()
    return answer.json()["id"]
