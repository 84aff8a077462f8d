"""Commands of the shell that call the Graph API, and scopes that scripts set; the markers are explained in conftest.py."""

from __future__ import annotations

import pytest

from permlint.recognition.calls.tables import load
from permlint.recognition.prefilter import may_matter

CALLS = {
    "curl": r"""
curl "https://graph.facebook.com/v24.0/me?fields=id,name&access_token=$TOKEN" # => GET /me [id,name] version=v24.0 via=curl outside
curl -s -XPOST "https://graph.facebook.com/v24.0/$PAGE_ID/feed" -d "message=hi" -d "access_token=$TOKEN" # => POST /{}/feed sends=access_token,message names=PAGE_ID,
curl -sX DELETE https://graph.facebook.com/v24.0/12_3 # => DELETE /12_3
curl --request=DELETE --url https://graph.facebook.com/12_4 # => DELETE /12_4
curl -F 'source=@a.jpg' -F "caption=$1" -F access_token=abc https://graph.facebook.com/me/photos # => POST /me/photos sends=access_token,caption,source
curl -G graph.facebook.com/me/accounts -d fields=id,tasks --data-urlencode "access_token=$TOKEN" # => GET /me/accounts [id,tasks]
curl https://graph.facebook.com/me/posts --url-query fields=id -o /tmp/posts # => GET /me/posts [id]
curl -I https://graph.facebook.com/me/picture # => HEAD /me/picture
curl --json '{"message": "x"}' https://graph.facebook.com/me/feed # => POST /me/feed sends=message
curl -T film.mp4 https://graph.facebook.com/me/videos # => PUT /me/videos
curl -H "Authorization: Bearer $TOKEN" -o a.json -w '%{http_code}' https://graph.facebook.com/me/likes # => GET /me/likes sends=access_token outside
curl -X "$METHOD" https://graph.facebook.com/me/groups # => ? /me/groups
[ -z "$HOW" ] && HOW=POST
curl -X "$HOW" https://graph.facebook.com/me/conversations # => ? /me/conversations
curl -d @body.json https://graph.facebook.com/me/events # => POST /me/events [?]
curl "$@" https://graph.facebook.com/me/albums # => ? /me/albums
curl https://example.com/me/feed -d https://graph.facebook.com/me/feed
/usr/bin/curl -L -- https://graph.facebook.com/me/albums # => GET /me/albums
""",
    "wget": r"""
wget -qO- "https://graph.facebook.com/v24.0/me/accounts?access_token=$TOKEN" # => GET /me/accounts via=wget
wget --post-data="message=hi&access_token=$TOKEN" -O - https://graph.facebook.com/me/feed # => POST /me/feed sends=access_token,message
wget --method=DELETE https://graph.facebook.com/12_3 # => DELETE /12_3
wget -P /tmp -X https://graph.facebook.com/me https://example.com/
""",
    "HTTPie and what is like it": r"""
http https://graph.facebook.com/v24.0/me fields==id,name "Authorization:Bearer $TOKEN" # => GET /me [id,name] via=HTTPie outside
http --form POST graph.facebook.com/me/feed message=hi source@a.jpg # => POST /me/feed sends=message,source
https graph.facebook.com/$PAGE/feed message="x=y" published:=false # => POST /{}/feed sends=message,published
xh delete https://graph.facebook.com/12_3 # => DELETE /12_3 via=xh
xhs -a user:pass graph.facebook.com/me/likes # => GET /me/likes
http :8000/me name=https://graph.facebook.com/me
""",
    "commands that run others": r"""
sudo -u www curl https://graph.facebook.com/me # => GET /me
timeout 10 curl https://graph.facebook.com/me/likes # => GET /me/likes
env TOKEN=x curl https://graph.facebook.com/me/posts # => GET /me/posts
time nohup curl -X POST https://graph.facebook.com/me/feed & # => POST /me/feed
cat ids | xargs -n 1 curl -X DELETE https://graph.facebook.com/me/permissions # => DELETE /me/permissions
eval "curl -X POST 'https://graph.facebook.com/me/photos' | jq ." # => POST /me/photos
bash -c "curl https://graph.facebook.com/me/events?a=\"b\"" # => GET /me/events
echo curl https://graph.facebook.com/me/albums
sudo ls https://graph.facebook.com/me/albums
""",
    "functions, loops and choices": r"""
API="https://graph.facebook.com/${VERSION:-v24.0}"
graph() { local path="$1"; shift; curl -sS "$API/$path" "$@"; }
graph me/photos -F "source=@$1" # => POST /me/photos
graph "$PAGE_ID/insights" -G -d metric=page_fans # => GET /{}/insights
ask() {
  method=$1
  case "$method" in
    post | put) curl -X "${method^^}" "$API/$2" -d "${3:-a=b}" ;;
    *) if [ "$2" = all ]; then curl "$API/me/posts"; else curl "$API/$2"; fi ;; # => GET /me/posts
  esac
}
ask post me/feed message=x # => POST /me/feed sends=message
ask put me/events # => PUT /me/events sends=a
ask get all
ask get me/likes # => GET /me/likes
for edge in groups "music books" "${MORE[@]}"; do
  curl -s "$API/me/$edge" # => GET /me/groups; GET /me/music books; GET /me/{}
done
while read -r id; do
  RESPONSE=$(curl -s -X DELETE "$API/$id" | jq -r .success) # => DELETE /{} names=id
done < ids.txt
until curl -s "$API/me/accounts" | grep -q data; do sleep 1; done # => GET /me/accounts
curl -s "$API/me/albums" && curl -s "$API/me/videos" || exit 1 # => GET /me/albums; GET /me/videos
""",
    "what the script checks first": r"""
TOKEN=""
PAGE="YOUR_PAGE_ID"
if [ -z "$TOKEN" ]; then
  echo "set TOKEN" >&2
  exit 1
fi
[[ "$PAGE" == YOUR_PAGE_ID ]] && { echo "set PAGE"; exit 1; }
need() { [ -n "$1" ] || return 1; }
need "$TOKEN" || exit 2
curl "https://graph.facebook.com/v24.0/$PAGE/ratings?access_token=$TOKEN" # => GET /{}/ratings names=YOUR_PAGE_ID,
curl "https://graph.facebook.com/<API_VERSION>/<PAGE_ID>/photos" # => GET /{}/photos names=PAGE_ID,
curl "https://graph.facebook.com/v24.0/{page-id}/tagged" # => GET /{page-id}/tagged
""",
    "what commands read and print": r"""
API=https://graph.facebook.com/v24.0
curl -d @- "$API/$PHONE/messages" <<EOF # => POST /{}/messages sends=messaging_product,text,to
{"messaging_product": "whatsapp", "to": "$TO", "text": {"body": "$TEXT"}}
EOF
cat <<'JSON' | curl -H "Content-Type: application/json" --data-binary @- "$API/me/feed" # => POST /me/feed sends=message
{"message": "$5"}
JSON
echo "message=a&link=b" | curl -d @- $API/me/links # => POST /me/links sends=link,message
curl -d @- "$API/me/notes" <<< 'subject=x' # => POST /me/notes sends=subject
url() { echo "log" >&2; echo "$API/$1"; }
curl "$(url me/likes)" # => GET /me/likes
BODY=$(cat <<END
{"name": "${NAME}",
 "count": $COUNT}
END
)
curl -d "$BODY" "$(printf '%s/%s' "$API" me/groups)" # => POST /me/groups sends=count,name
ID=$(curl -s "$API/me" | jq -r .id) # => GET /me
curl -d '{"to": "'"$TO"'"}' "$API/$ID/events" # => POST /{}/events sends=to
{ curl -s "$API/me/music"; echo; } | tee log # => GET /me/music
diff <(curl -s "$API/me/books") <(curl -s "$API/me/movies") # => GET /me/books; GET /me/movies
(cd /tmp && curl -O "$API/me/picture") # => GET /me/picture
""",
    "arrays and commands in variables": r"""
ARGS=(-s -X POST -H "Authorization: Bearer $TOKEN")
ARGS+=(-d message=x)
curl "${ARGS[@]}" https://graph.facebook.com/me/feed # => POST /me/feed sends=access_token,message
CURL="curl -s -X DELETE"
$CURL https://graph.facebook.com/12_3 # => DELETE /12_3
declare -A EDGES=([one]=likes ["two"]="posts")
EDGES[three]=photos
for edge in "${EDGES[@]}"; do curl "https://graph.facebook.com/me/$edge"; done # => GET /me/likes; GET /me/posts; GET /me/photos
curl "https://graph.facebook.com/me/${EDGES[one]}" # => GET /me/likes
"$TOOL" https://graph.facebook.com/me/albums
""",
    "files that are sourced": {
        "bin/post.sh": r"""#!/usr/bin/env bash
DIR="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
EDGE=feed
HOW=PUT
source "$DIR/../lib/graph.bash"
. ./config.sh
_post "$PAGE_ID" "$@"
curl -X "$HOW" "$API/me"  # => PUT /me version=v24.0
""",
        "lib/graph.bash": r"""
echo "$HOW"
_post() {
  curl -X POST "$API/$1/$EDGE" # => POST /{}/feed version=v24.0
}
""",
        "bin/config.sh": "readonly VERSION=v24.0\nexport API=https://graph.facebook.com/$VERSION\n",
    },
    "zsh": {"a.zsh": r"""
local -a edges=(likes posts)
for edge in $edges; do print $edge; done
curl -s "https://graph.facebook.com/me/${edges[1]}" # => GET /me/posts
"""},
}  # fmt: skip

SCOPES = {
    "in an address": r"""
APP_ID="${FB_APP_ID:?}"
open "https://www.facebook.com/v24.0/dialog/oauth?client_id=$APP_ID&redirect_uri=$URI&scope=pages_show_list,email" # -> facebook-login: pages_show_list email
""",
    "in variables": r"""
SCOPES="pages_show_list"
SCOPES+=",email"
SCOPES="$SCOPES,public_profile"
echo "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope=${SCOPES}" # -> facebook-login: pages_show_list email public_profile
""",
    "in an array": r"""
SCOPES=(pages_show_list "email" 'user_posts')
JOINED=$(IFS=,; echo "${SCOPES[*]}")
xdg-open "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope=$JOINED" # -> facebook-login: pages_show_list email user_posts
""",
    "in an array, joined by printf": r"""
SCOPES=(pages_show_list email)
printf -v JOINED '%s,' "${SCOPES[@]}"
URL="https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope=${JOINED%,}" # -> facebook-login: pages_show_list email
""",
    "with other separators": r"""
SCOPES="pages_show_list email"
A="https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope=${SCOPES// /,}" # -> facebook-login: pages_show_list email
B="https://threads.net/oauth/authorize?client_id=1&scope=$(echo "threads_basic threads_delete" | tr ' ' ',')" # -> threads: threads_basic threads_delete
""",
    "of a function": r"""
login_url() {
  local scope="${2:-email}"
  echo "https://www.facebook.com/v24.0/dialog/oauth?client_id=$1&scope=$scope" # -> facebook-login: user_posts; facebook-login: email
}
login_url "$APP" user_posts
login_url "$APP"
""",
    "from the environment": {
        ".env": "FB_SCOPES=pages_show_list,email\n",
        "login.sh": r"""
. .env
open "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope=$FB_SCOPES" # -> facebook-login: pages_show_list email incomplete
""",
    },
    "of a command": r"""
curl -G https://www.facebook.com/v24.0/dialog/oauth -d client_id=1 --data-urlencode "scope=email,user_posts" # -> facebook-login: email user_posts
""",
    "in a here-document": r"""
cat <<EOF
Open this page: # -> facebook-login: email
  https://www.facebook.com/v24.0/dialog/oauth?client_id=$ID&scope=email
EOF
""",
    "that are only known at run time": r"""
open "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope=email,$(./more)" # -> facebook-login: email incomplete
""",
}


def app_of(app):
    return app if isinstance(app, dict) else {"run.sh": app}


@pytest.mark.parametrize("name", CALLS)
def test_calls(name, check_calls):
    check_calls(app_of(CALLS[name]))


@pytest.mark.parametrize("name", SCOPES)
def test_what_scripts_ask_for(name, check):
    check(app_of(SCOPES[name]))


def test_a_command_over_several_lines_stands_where_it_begins(calls_of):
    (call,) = calls_of({"a.sh": 'R=$(curl -X POST \\\n  "https://graph.facebook.com/v24.0/me/feed" \\\n  -d a=b)\n'})
    assert (call.method, call.endpoint, call.place.line, call.place.column) == ("POST", "/me/feed", 1, 5)


def test_scripts_that_name_nothing_of_the_platform_are_not_parsed():
    assert not may_matter(b'#!/bin/bash\nset -euo pipefail\ncurl -fsSL "https://example.com/install.sh" | bash\n')
    assert may_matter(b'curl "https://graph.facebook.com/me"\n')


def test_every_command_says_what_it_is():
    rows = load().commands
    assert {"curl", "wget", "http", "https", "xh", "xhs"} <= rows.keys()
    for row in rows.values():
        assert ("runs" in row) != ("library" in row and "scheme" in row)
        assert not set(row.get("valued", ())) & {*row.get("takes", ()), *row.get("flags", ())}
