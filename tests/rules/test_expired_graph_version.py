from __future__ import annotations

import pytest

RULE = "expired-graph-version"


def test_says_what_happens_and_where_to_go(build):
    use = build.version("v19.0")
    (finding,) = build.check(RULE, versions=(use,))
    assert finding.message == (
        "v19.0 of the Graph API ended on 2026-05-21: "
        "calls fail or are answered by v21.0, the oldest that lives; the newest is v26.0"
    )
    assert finding.help == "move to v26.0, the newest version"
    assert (finding.place, finding.statement, finding.permission) == (use.place, use.statement, None)
    assert finding.sources


@pytest.mark.parametrize(("api", "found"), [("graph", 0), ("marketing", 1)])
def test_each_api_has_its_own_days(build, api, found):
    assert len(build.check(RULE, versions=(build.version("v24.0", api),))) == found


def test_the_marketing_api_is_named(build):
    (finding,) = build.check(RULE, versions=(build.version("v24.0", "marketing"),))
    assert finding.message.startswith("v24.0 of the Marketing API ended on 2026-10-06")


@pytest.mark.parametrize(("day", "found"), [("2026-05-20", 0), ("2026-05-21", 1)])
def test_the_last_day(build, day, found):
    assert len(build.check(RULE, versions=(build.version("v19.0"),), day=day)) == found


@pytest.mark.parametrize("name", ["v26.0", "v21.0", "v27.0", "v99.0", "v19.5"])
def test_living_and_unheard_of_versions(build, name):
    assert build.check(RULE, versions=(build.version(name),)) == []


def test_a_version_that_is_not_out_yet_on_that_day(build):
    assert build.check(RULE, versions=(build.version("v26.0"),), day="2020-01-01") == []


def test_a_host_whose_versions_are_none_of_the_graph_api(problems):
    app = """
OLD = "https://api.instagram.com/v1/users/self"
GRAPH = "https://graph.instagram.com/v12.0/me"  # <- PRM401
"""
    assert problems("PRM401", app, bad=True) == []


def test_a_version_that_a_library_is_told_for_all_its_calls(problems):
    app = {
        "web/start.js": "FB.init({ appId: '1', version: 'v2.10' }); // # <- PRM401\nFB.init({ appId: '1', version: 'v25.0' });\n",
        "web/page.html": "<script>FB.init({ appId: '1', version: 'v3.1' });</script> <!-- # <- PRM401 -->\n",
        "app/client.php": "<?php\n$fb = new Facebook\\Facebook(['default_graph_version' => 'v2.10']); // # <- PRM401\n",
        "config/initializers/sorcery.rb": "Rails.application.config.sorcery.configure do |config|\n  config.facebook.api_version = 'v2.3'  # <- PRM401\nend\n",
        "web/other.js": "other.init({ appId: '1', version: 'v2.10' }); // for graph.facebook.com\n",
    }
    assert problems("PRM401", app, bad=True) == []
