"""Libraries of Go, and calls of the Graph API in it; the markers are explained in conftest.py."""

from __future__ import annotations

import pytest

MODULE = "module github.com/me/shop\n\ngo 1.22\n"
SCOPES = """
package fb

const Friends = "user_friends"

var Pages = []string{"pages_show_list", "pages_manage_posts"}
"""

APPS = {
    "go-pkgz/auth": [
        {
            "go.mod": MODULE,
            "main.go": """
package main

import (
	"os"

	"github.com/go-pkgz/auth/v2"
)

func main() {
	service := auth.NewService(auth.Opts{})
	service.AddProvider("github", os.Getenv("GH_ID"), os.Getenv("GH_SECRET"))
	service.AddProvider("facebook", os.Getenv("FB_ID"), os.Getenv("FB_SECRET")) // # -> facebook-login: public_profile(library)
}
""",
        }
    ],
    "golang-oauth2": [
        {
            "go.mod": MODULE,
            "internal/fb/scopes.go": SCOPES,
            "cmd/main.go": """
package main

import (
	"os"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/facebook"
	"golang.org/x/oauth2/google"

	"github.com/me/shop/internal/fb"
)

var conf = &oauth2.Config{  // # -> facebook-login: email pages_manage_posts pages_show_list user_friends
	ClientID: os.Getenv("FB_ID"),
	Scopes:   append([]string{"email", fb.Friends}, fb.Pages...),
	Endpoint: facebook.Endpoint,
}

var other = &oauth2.Config{Scopes: []string{"profile", "email"}, Endpoint: google.Endpoint}

func more() *oauth2.Config {
	c := &oauth2.Config{  // # -> facebook-login: email user_likes
		Endpoint: oauth2.Endpoint{AuthURL: "https://www.facebook.com/v24.0/dialog/oauth", TokenURL: "https://graph.facebook.com/oauth/access_token"},
		Scopes:   []string{"email"},
	}
	c.Scopes = append(c.Scopes, "user_likes")
	return c
}
""",
        },
        # A provider of an app's own: scopes stand beside the dialog's address, which the library knows.
        {
            "auth/base.go": """
package auth

type BaseProvider struct {
	scopes      []string
	authURL     string
	userInfoURL string
}

func (p *BaseProvider) Scopes() []string { return p.scopes }
""",
            "auth/facebook.go": """
package auth

import "golang.org/x/oauth2/facebook"

type Facebook struct {
	BaseProvider
}

func NewFacebook() *Facebook {
	return &Facebook{BaseProvider{  // # -> facebook-login: email user_gender
		scopes:      []string{"email", "user_gender"},
		authURL:     facebook.Endpoint.AuthURL,
		userInfoURL: "https://graph.facebook.com/me?fields=name,email",  // # => GET /me [name,email]
	}}
}
""",
        },
    ],
    "goth": [
        {
            "main.go": """
package main

import (
	"github.com/markbates/goth"
	"github.com/markbates/goth/providers/facebook"
	"github.com/markbates/goth/providers/google"
	"github.com/markbates/goth/providers/instagram"
)

func init() {
	scopes := []string{"user_birthday", "user_friends"}
	goth.UseProviders(
		facebook.New("key", "secret", "callback", "user_photos"),  // # -> facebook-login: email(library) user_photos
		facebook.New("key", "secret", "callback", scopes...),  // # -> facebook-login: email(library) user_birthday user_friends
		facebook.New("key", "secret", "callback"),  // # -> facebook-login: email(library)
		instagram.New("key", "secret", "callback"),  // # -> instagram-basic-display: basic(library)
		google.New("key", "secret", "callback", "email"),
	)
}
"""
        }
    ],
    "dialog by hand": [
        {
            "main.go": """
package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

func login(w http.ResponseWriter, r *http.Request) {
	u, err := url.Parse("https://www.facebook.com/v24.0/dialog/oauth")
	if err != nil {
		http.Error(w, "no", 500)
		return
	}
	q := u.Query()
	q.Set("client_id", "1")
	q.Set("scope", strings.Join([]string{"user_likes", "user_photos"}, ","))
	u.RawQuery = q.Encode()
	http.Redirect(w, r, u.String(), http.StatusFound)  // # -> facebook-login: user_likes user_photos
}

func by(id string) string {
	v := url.Values{"client_id": {id}, "scope": {"email"}}
	v.Add("response_type", "code")
	return fmt.Sprintf("https://www.facebook.com/v24.0/dialog/oauth?%s", v.Encode())  // # -> facebook-login: email
}
"""
        }
    ],
}


@pytest.mark.parametrize(
    "app",
    [pytest.param(app, id=f"{library} {number}") for library, apps in APPS.items() for number, app in enumerate(apps, 1)],
)  # fmt: skip
def test_what_a_library_is_asked_for(app, check):
    check(app)


def test_each_file_that_asks_passes_the_prefilter(check_needles):
    check_needles("libraries_go.toml", APPS)


CALLS = {
    "net/http": {
        "main.go": """
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
)

const base = "https://graph.facebook.com/v24.0"

func send(ctx context.Context, id, token string) error {
	resp, err := http.Get(base + "/me/accounts?fields=id,name&access_token=" + token)  // # => GET /me/accounts [id,name] version=v24.0
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	req, err := http.NewRequest("POST", fmt.Sprintf("%s/%s/feed", base, id), nil)  // # => POST /{}/feed
	if err != nil {
		return err
	}
	http.DefaultClient.Do(req)
	with, _ := http.NewRequestWithContext(ctx, http.MethodDelete, base+"/12", nil)  // # => DELETE /12
	http.DefaultClient.Do(with)
	asked, _ := http.NewRequest(http.MethodGet, base+"/me/posts", nil)  // # => GET /me/posts [message]
	q := asked.URL.Query()
	q.Add("fields", "message")
	asked.URL.RawQuery = q.Encode()
	http.PostForm(base+"/me/photos", url.Values{"url": {"x"}})  // # => POST /me/photos
	body, _ := json.Marshal(map[string]any{"recipient": id, "message": "x"})
	http.Post(base+"/me/messages", "application/json", bytes.NewBuffer(body))  // # => POST /me/messages sends=message,recipient
	http.Get("https://example.com/me")
	return nil
}
"""
    },
    "a client with its methods in several files": {
        "go.mod": MODULE,
        "internal/fb/client.go": """
package fb

import "net/http"

type Client struct {
	base  string
	token string
	http  *http.Client
}

func NewClient(token string) *Client {
	return &Client{base: "https://graph.facebook.com/v24.0", token: token, http: http.DefaultClient}
}
""",
        "internal/fb/posts.go": """
package fb

import (
	"fmt"
	"net/http"
	"net/url"
)

func (c *Client) get(path string, q url.Values) (*http.Response, error) {
	q.Set("access_token", c.token)
	return http.Get(fmt.Sprintf("%s/%s?%s", c.base, path, q.Encode()))
}

func (c *Client) Accounts() (*http.Response, error) {
	q := url.Values{}
	q.Set("fields", "id")
	return c.get("me/accounts", q)  // # => GET /me/accounts [id]
}

func (c *Client) Publish(id string) error {
	req, err := http.NewRequest(http.MethodPost, c.base+"/"+id+"/feed", nil)  // # => POST /{}/feed
	if err != nil {
		return err
	}
	_, err = c.http.Do(req)
	return err
}
""",
        "main.go": """
package main

import "github.com/me/shop/internal/fb"

func main() {
	client := fb.NewClient("t")
	client.Accounts()
}
""",
    },
    "huandu/facebook": {
        "main.go": """
package main

import fb "github.com/huandu/facebook/v2"

func main() {
	res, err := fb.Get("/me/accounts", fb.Params{"fields": "id,name", "access_token": "x"})  // # => GET /me/accounts [id,name] via=huandu-facebook
	app := fb.New("id", "secret")
	session := app.Session("token")
	session.Post("/me/feed", fb.Params{"message": "Hi"})  // # => POST /me/feed sends=message
	session.Api("/12", fb.DELETE, nil)  // # => DELETE /12
	session.Delete("/13", nil)  // # => DELETE /13
	show(res, err)
}
"""
    },
    "structures under their names in JSON": {
        "main.go": """
package main

import (
	"bytes"
	"encoding/json"
	"net/http"
)

type Sent struct {
	Kind string `json:"type"`
}

type Message struct {
	Sent
	MessagingProduct string   `json:"messaging_product"`
	To               Receiver `bson:"to_whom" json:"to,omitempty"`
	Draft            bool     `json:"-"`
}

type Receiver struct {
	ID string `json:"id"`
}

func send(message Message) {
	body, _ := json.Marshal(message)
	http.Post("https://graph.facebook.com/v24.0/12/messages", "application/json", bytes.NewBuffer(body))  // # => POST /12/messages sends=messaging_product,to,type
}

func main() {
	send(Message{MessagingProduct: "whatsapp", To: Receiver{ID: "1"}})
}
"""
    },
}


@pytest.mark.parametrize("app", CALLS.values(), ids=CALLS)
def test_calls(check_calls, app):
    check_calls(app)


def test_a_package_of_another_module_is_not_the_projects_own(check):
    check(
        {
            "go.mod": MODULE,
            "facebook/endpoint.go": 'package facebook\n\nvar Endpoint = "https://example.com"\n',
            "main.go": """
package main

import (
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/facebook"
)

var conf = oauth2.Config{Scopes: []string{"email"}, Endpoint: facebook.Endpoint}  // # -> facebook-login: email
""",
        }
    )
