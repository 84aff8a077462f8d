"""The pages of the scheduler itself."""

from flask import Blueprint, abort, redirect, render_template, request, session, url_for

from storefront import graph

posts = Blueprint("posts", __name__)


@posts.get("/")
def overview():
    """The Pages to post to."""
    if "token" not in session:
        return redirect(url_for("login.facebook"))
    return render_template("overview.html", pages=graph.pages(session["token"]))


@posts.post("/posts")
def create():
    """Posts a product to the chosen Page."""
    chosen = [page for page in graph.pages(session["token"]) if page["id"] == request.form["page"]]
    if not chosen:
        abort(404)
    graph.publish(chosen[0]["id"], chosen[0]["access_token"], request.form["message"], request.form["link"])
    return redirect(url_for("posts.overview"))
