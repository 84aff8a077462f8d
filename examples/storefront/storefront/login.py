"""Connecting an account: Facebook by its dialog, Instagram by Authlib."""

import secrets
from urllib.parse import urlencode

from authlib.integrations.flask_client import OAuth
from flask import Blueprint, redirect, request, session, url_for

from storefront import graph, settings
from storefront.scopes import FACEBOOK, INSTAGRAM

DIALOG = "https://www.facebook.com/v16.0/dialog/oauth"

login = Blueprint("login", __name__, url_prefix="/connect")
oauth = OAuth()

oauth.register(
    name="instagram",
    client_id=settings.INSTAGRAM_APP_ID,
    client_secret=settings.INSTAGRAM_APP_SECRET,
    authorize_url="https://www.instagram.com/oauth/authorize",
    access_token_url="https://api.instagram.com/oauth/access_token",
    client_kwargs={"scope": " ".join(INSTAGRAM)},
)


@login.get("/facebook")
def facebook():
    """Sends the owner to Facebook's dialog."""
    session["state"] = secrets.token_urlsafe(16)
    query = {
        "client_id": settings.FACEBOOK_APP_ID,
        "redirect_uri": url_for("login.facebook_done", _external=True),
        "state": session["state"],
        "scope": ",".join(FACEBOOK),
    }
    return redirect(f"{DIALOG}?{urlencode(query)}")


@login.get("/facebook/done")
def facebook_done():
    """Where Facebook's dialog comes back to."""
    if request.args.get("state") != session.pop("state", None):
        return "The login took too long, please try again.", 400
    session["token"] = graph.exchange(request.args["code"], url_for("login.facebook_done", _external=True))
    return redirect(url_for("posts.overview"))


@login.get("/instagram")
def instagram():
    """Sends the owner to Instagram's own dialog."""
    return oauth.instagram.authorize_redirect(url_for("login.instagram_done", _external=True))


@login.get("/instagram/done")
def instagram_done():
    """Where Instagram's dialog comes back to."""
    session["instagram"] = oauth.instagram.authorize_access_token()
    return redirect(url_for("posts.overview"))
