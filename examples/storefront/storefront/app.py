"""The Flask app."""

from flask import Flask

from storefront import settings
from storefront.login import login, oauth
from storefront.posts import posts


def create_app():
    """The app, ready to be served."""
    app = Flask(__name__)
    app.secret_key = settings.SECRET_KEY
    oauth.init_app(app)
    app.register_blueprint(login)
    app.register_blueprint(posts)
    return app
