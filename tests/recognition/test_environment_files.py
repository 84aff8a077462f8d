"""Values that code reads meet the files of data in which they stand."""

from __future__ import annotations

import datetime as dt

import pytest

from permlint.analysis import analyse
from permlint.config import Config

SINK = 'import os\nURL = "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope=" + os.environ["FB_SCOPES"]\n'

BLOCKS = {
    "docker-compose.yml": "services:\n  web:\n    environment:\n      DB_PASSWORD: swordfish\n      FB_SCOPES: email,user_likes\n",
    "compose.prod.yaml": "services:\n  web:\n    environment:\n      - DB_PASSWORD=swordfish\n      - FB_SCOPES=email,user_likes\n",
    "deploy/web-deployment.yaml": (
        "kind: Service\n---\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          env:\n"
        "            - name: OTHER\n              value: x\n            - name: FB_SCOPES\n              value: email,user_likes\n"
    ),
    "deploy/k8s/config.yaml": "kind: ConfigMap\ndata:\n  FB_SCOPES: email,user_likes\n",
    "serverless.yml": "provider:\n  environment:\n    FB_SCOPES: email,user_likes\nfunctions:\n  a: {handler: b}\n",
    "app.yaml": "runtime: python39\nenv_variables:\n  FB_SCOPES: 'email,user_likes'\n",
    ".github/workflows/ci.yml": "on: push\njobs:\n  deploy:\n    steps:\n      - run: x\n        env:\n          FB_SCOPES: email,user_likes\n",
    "app.json": '{"env": {"FB_SCOPES": {"description": "what to ask for", "value": "email,user_likes"}}}',
    "vercel.json": '{"env": {"FB_SCOPES": "email,user_likes"}}',
    "fly.toml": '[env]\nFB_SCOPES = "email,user_likes"\n',
    "netlify.toml": '[context.production.environment]\nFB_SCOPES = "email,user_likes"\n',
    "render.yaml": "services:\n  - type: web\n    envVars:\n      - key: FB_SCOPES\n        value: email,user_likes\n",
    ".env": "FB_SCOPES=email,user_likes\n",
    ".envrc": "export FB_SCOPES=email,user_likes\n",
    "env.example": "FB_SCOPES='email,user_likes'\n",
    "deploy/prod.env": "FB_SCOPES=email,user_likes\n",
}


def places(request):
    return sorted((scope.text, scope.place.path, scope.place.line) for scope in request.scopes)


@pytest.mark.parametrize("path", BLOCKS)
def test_blocks_of_variables(path, requests_of):
    text = BLOCKS[path]
    (request,) = requests_of({"app.py": SINK, path: text})
    line = next(number for number, one in enumerate(text.split("\n"), 1) if "email" in one)
    assert places(request) == [("email", path, line), ("user_likes", path, line)]


@pytest.mark.parametrize("path", ["settings.yaml", "tests/docker-compose.yml", "config/app.toml"])
def test_no_blocks_of_variables(path, requests_of):
    text = (
        BLOCKS["docker-compose.yml"].replace("services", "somewhere")
        if path.endswith("yaml")
        else 'FB_SCOPES = "email"\n'
    )
    (request,) = requests_of({"app.py": SINK, path: text})
    assert places(request) == []


def test_several_files_are_alternatives(requests_of):
    (request,) = requests_of({"app.py": SINK, ".env": "FB_SCOPES=email\n", ".env.production": "FB_SCOPES=user_likes\n"})
    assert places(request) == [("email", ".env", 1), ("user_likes", ".env.production", 1)]
    assert not any(scope.certain for scope in request.scopes)


def test_javascript_reads_the_environment(requests_of):
    (request,) = requests_of(
        {
            "app.js": "const url = `https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope=${process.env.FB_SCOPES}`;\n",
            "docker-compose.yml": BLOCKS["docker-compose.yml"],
        }
    )
    assert places(request) == [("email", "docker-compose.yml", 5), ("user_likes", "docker-compose.yml", 5)]


def test_a_variable_in_a_file_of_data(requests_of):
    (request,) = requests_of(
        {
            "config/default.yaml": 'facebook:\n  clientId: 1\n  scope: "${FB_SCOPES:-email,public_profile}"\n',
            ".env": "FB_SCOPES=email,user_likes\n",
        }
    )
    assert places(request) == [
        ("email", ".env", 1),
        ("email", "config/default.yaml", 3),
        ("public_profile", "config/default.yaml", 3),
        ("user_likes", ".env", 1),
    ]
    assert not request.open


# Files of data that code reads ------------------------------------------------------------------------------------------------

JSON = '{\n  "meta": {\n    "permissions": ["email",\n      "user_likes"]\n  }\n}\n'
READS = {
    "json.load, open": 'import json\nMETA = json.load(open("config/meta.json"))["meta"]["permissions"]\n',
    "json.load, with": (
        'import json\nwith open("config/meta.json") as file:\n    CONFIG = json.load(file)\nMETA = CONFIG["meta"]["permissions"]\n'
    ),
    "json.loads, one path": 'import json\nfrom pathlib import Path\nMETA = json.loads(Path("config/meta.json").read_text())["meta"]["permissions"]\n',
}
PYTHON_SINK = 'URL = "https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope=" + ",".join(META)\n'


@pytest.mark.parametrize("name", READS)
def test_python_reads_json(name, requests_of):
    (request,) = requests_of({"app.py": READS[name] + PYTHON_SINK, "config/meta.json": JSON})
    assert places(request) == [("email", "config/meta.json", 3), ("user_likes", "config/meta.json", 4)]


def test_python_reads_yaml_and_toml(requests_of):
    app = {
        "app.py": (
            'import tomllib, yaml\nwith open("meta.yml") as file:\n    META = yaml.safe_load(file)["permissions"]\n'
            'with open("meta.toml", "rb") as file:\n    META = META + tomllib.load(file)["permissions"]\n' + PYTHON_SINK
        ),
        "meta.yml": "permissions:\n  - email\n",
        "meta.toml": 'permissions = ["user_likes"]\n',
    }
    (request,) = requests_of(app)
    assert places(request) == [("email", "meta.yml", 2), ("user_likes", "meta.toml", 1)]


@pytest.mark.parametrize(
    "read",
    [
        "import config from './config/meta.json';\nconst meta = config.meta.permissions;\n",
        "const meta = require('./config/meta.json').meta.permissions;\n",
        "const meta = require('./config/meta').meta.permissions;\n",
        "import { meta as all } from './config/meta.json';\nconst meta = all.permissions;\n",
        "const fs = require('fs');\nconst meta = JSON.parse(fs.readFileSync('./config/meta.json', 'utf8')).meta.permissions;\n",
    ],
)
def test_javascript_reads_json(read, requests_of):
    sink = "const url = `https://www.facebook.com/v24.0/dialog/oauth?client_id=1&scope=${meta.join(',')}`;\n"
    (request,) = requests_of({"app.js": read + sink, "config/meta.json": JSON})
    assert places(request) == [("email", "config/meta.json", 3), ("user_likes", "config/meta.json", 4)]


def test_what_code_parses_is_not_known(requests_of):
    (request,) = requests_of(
        {
            "app.py": "import json\nimport requests\nMETA = json.loads(requests.get('https://x.example').text)\n"
            + PYTHON_SINK
        }
    )
    assert request.scopes == ()
    assert not request.complete


def test_an_id_is_no_scope(tmp_path):
    (tmp_path / "app.py").write_text(
        "import os\nimport requests\n\n\ndef read():\n    return requests.get(f\"https://graph.facebook.com/v24.0/{os.environ['ACCOUNT']}/campaigns\")\n"
    )
    (tmp_path / ".env").write_text("ACCOUNT=act_test\n")
    (app,) = analyse(Config(root=str(tmp_path)), [".env", "app.py"], as_of=dt.date(2026, 11, 21)).apps
    assert [call.endpoint for call in app.calls] == ["/{}/campaigns"]
