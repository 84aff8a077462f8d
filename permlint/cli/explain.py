"""The commands `rule`, `permission` and `endpoint`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Literal

from permlint.cli.dates import check_version, parse_day
from permlint.cli.errors import Failure
from permlint.cli.output import write
from permlint.wording import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from permlint.catalog import CatalogView
    from permlint.rule import Rule

_METHODS = ("GET", "POST", "DELETE", "PUT", "PATCH", "HEAD")
_SHOWN = 8
_STATUSES = ("active", "deprecated", "removed", "unknown", "future")


def rule(code: str | None, *, format_: Literal["text", "json"]) -> int:
    """Writes what a rule (code or name) is about, or lists all. Returns the exit status; Failure for an unknown one."""
    from permlint import engine

    try:
        rules = engine.discover()
    except engine.RuleError as error:
        raise Failure(str(error)) from None
    if code is None:
        if format_ == "json":
            _write_json({"rules": [_rule_data(each) for each in rules]})
        else:
            _write(_rule_list(rules))
        return 0
    for each in rules:
        if code.upper() == each.code or code.lower() == each.name:
            if format_ == "json":
                _write_json(_rule_data(each, whole=True))
            else:
                from permlint.rulepages import page

                _write(page(each).splitlines())
            return 0
    try:
        engine.check_words(rules, [code])
    except engine.SelectionError as error:
        raise Failure(str(error)) from None
    several = ", ".join(each.code for each in rules if each.code.startswith(code.upper()))
    raise Failure(f"{code!r} names several rules: {several}")


def _rule_list(rules: Iterable[Rule]) -> Iterator[str]:
    rules = list(rules)
    size = max((len(each.name) for each in rules), default=0)
    for each in rules:
        yield f"{each.code}  {each.name:<{size}}  {each.severity:<7}  {each.summary}"


def _rule_data(rule: Rule, *, whole: bool = False) -> dict[str, Any]:
    data: dict[str, Any] = {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "summary": rule.summary,
    }
    if whole:
        data["doc"] = rule.doc
        data["sources"] = list(rule.sources)
        data["bad"] = [dict(example.files) for example in rule.bad]
        data["good"] = [dict(example.files) for example in rule.good]
    return data


def permission(
    name: str | None,
    *,
    as_of: str | None,
    graph_version: str | None,
    family: str | None,
    status: str | None,
    format_: Literal["text", "json"],
) -> int:
    """Writes what is known of a permission, or lists all. Returns the exit status; Failure for an unknown one."""
    from permlint.catalog import load

    day = parse_day(as_of)
    check_version(graph_version, day)
    view = load().as_of(day, graph_version)
    if name is None:
        return _list_permissions(view, family, status, format_)
    if family is not None or status is not None:
        raise Failure("--family and --status choose what is listed; leave the name out")
    from permlint.catalog.describe import describe

    data = describe(view, name.strip())
    if data["status"] == "absent" and not (
        data.get("feature") or data.get("field") or data.get("misspelling_of") is not None
    ):
        near = data["suggestions"]
        hint = f"; did you mean {listed(near, 'or')}?" if near else "; `permlint permission` lists them"
        raise Failure(f"no permission is called {name!r}{hint}")
    if data["status"] != "absent":
        data["endpoints"] = _endpoints(view, data["name"])
    if format_ == "json":
        _write_json(data)
    else:
        _write(_absent_lines(data) if data["status"] == "absent" else _permission_lines(data))
    return 0


def _endpoints(view: CatalogView, name: str) -> list[dict[str, Any]]:
    """The endpoints that need a permission as of the view's day, each once, by path."""
    from permlint.catalog.endpoints import load_endpoints

    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in load_endpoints().endpoints_of(name, view.day):
        for host in row.hosts:
            one = found.setdefault(
                (host, row.path, row.method),
                {"host": host, "method": row.method, "path": row.path, "fields": [], "sources": []},
            )
            one["fields"] += [field for field in row.fields if field not in one["fields"]]
            one["sources"] += [row.source] if row.source not in one["sources"] else []
    return [each for _, each in sorted(found.items())]


def endpoint(call: str, *, as_of: str | None, graph_version: str | None, format_: Literal["text", "json"]) -> int:
    """Writes what a call needs and where that is written. Returns the exit status; Failure for what is no call."""
    from permlint.catalog import load
    from permlint.catalog.endpoint_describe import describe_endpoint

    day = parse_day(as_of)
    check_version(graph_version, day)
    catalog = load()
    words = call.split()
    if not 1 <= len(words) <= 2 or (len(words) == 2 and not words[1].strip("/")):
        raise Failure(f"{call!r} is no call: write a method and a path, such as 'GET /me/accounts'")
    if len(words) == 2 and words[0].upper() not in _METHODS:
        raise Failure(f"{words[0]!r} is no method of the Graph API; there are {', '.join(_METHODS)}")
    if len(words) == 1 and (words[0].upper() in _METHODS or not words[0].strip("/")):
        raise Failure(
            f"{call!r} names no path: write one, such as '{words[0].strip('/').upper() or 'GET'} /me/accounts'"
        )
    data = describe_endpoint(catalog.as_of(day, graph_version), " ".join(words))
    hosts = sorted({host for login in catalog.logins() for host in login.hosts})
    if data["host"] is not None and data["host"] not in hosts:
        raise Failure(f"{data['host']} is no host of the Graph API; there are {', '.join(hosts)}")
    if format_ == "json":
        _write_json(data)
    else:
        _write(_endpoint_lines(data))
    return 0


def _endpoint_lines(data: dict[str, Any]) -> Iterator[str]:
    yield f"{data['method']} {data['path']}" + (f" on {data['host']}" if data["host"] else "")
    needs = data["needs"]
    if needs is None:
        yield "  not known: no source in the catalog says what it needs"
    elif not needs["all_of"] and not needs["any_of"]:
        other = "; it depends on more than the path says" if data["may_use"] or data["conditions"] else ""
        yield f"  needs         nothing for certain{other}" if other else "  needs         no permission"
    else:
        rows = [*needs["all_of"], *(f"one of {listed(group, 'or')}" for group in needs["any_of"])]
        yield from _list_lines("needs", rows)
    yield from _list_lines("may use", data["may_use"])
    yield from _list_lines("unless", [f"the app has the feature {feature}" for feature in data["unless"]])
    yield from _list_lines("besides", [f"the feature {feature}" for feature in data["features"]])
    yield from _list_lines("note", data["conditions"])
    for number, row in enumerate(data["rows"][:_SHOWN]):
        said = [*row["all_of"], *(f"one of {listed(group, 'or')}" for group in row["any_of"])]
        what = ", ".join(said) or _other_kind(row)
        when = "; ".join([*row["when"], *([row["circumstance"]] if row["circumstance"] else [])])
        host = f" ({', '.join(row['hosts'])})" if data["host"] is None else ""
        if number == 0:
            yield ""
        yield f"  {row['method']} {row['path']}{host}: {what}{f' if {when}' if when else ''}"
        yield from (f"    {source['url']} ({source['date']})" for source in row["sources"])
    more = len(data["rows"]) - _SHOWN
    if more > 0:
        yield f"  and {more} more; --format json has all"


def _list_permissions(view: CatalogView, family: str | None, status: str | None, format_: str) -> int:
    permissions = view.catalog.permissions()
    families = sorted({each.family for each in permissions})
    if family is not None and family not in families:
        raise Failure(f"no family is called {family!r}; there are {', '.join(families)}")
    if status is not None and status not in _STATUSES:
        raise Failure(f"no status is called {status!r}; there are {', '.join(_STATUSES)}")
    rows = [
        (each, kind)
        for each in permissions
        if (kind := view.status(each.name).kind) and family in (None, each.family) and status in (None, kind)
    ]
    if format_ == "json":
        _write_json(
            {
                "catalog": view.catalog.date.isoformat(),
                "as_of": view.day.isoformat(),
                "graph_version": view.graph_version,
                "permissions": [
                    {"name": each.name, "family": each.family, "status": kind, "summary": each.summary}
                    for each, kind in rows
                ],
            }
        )
        return 0
    size = max((len(each.name) for each, _ in rows), default=0)
    wide = max((len(each.family) for each, _ in rows), default=0)
    _write(f"{each.name:<{size}}  {kind:<10}  {each.family:<{wide}}  {each.summary}".rstrip() for each, kind in rows)
    return 0


def _other_kind(row: dict[str, Any]) -> str:
    """What a row says that names no permission."""
    features = [*row["features_instead"], *row["features_besides"]]
    if features:
        return f"the feature {listed(features, 'or')}"
    if row["kind"] == "inherits":
        return "the same as another call, which the note names" if row["note"] else "the same as another call"
    words = {"dead": "the call does not exist", "role": "a role, and no permission", "unstated": "it does not say"}
    return words.get(row["kind"], "no permission")


def _permission_lines(data: dict[str, Any]) -> Iterator[str]:
    aliases = f" (also {', '.join(data['aliases'])})" if data["aliases"] else ""
    yield f"{data['name']}{aliases}"
    yield f"  {data['summary']}"
    yield ""
    yield f"  status        {data['status']}, as of {data['as_of']} and {data['graph_version']}: {data['status_text']}"
    yield f"  family        {data['family']}"
    history = [
        f"{word} {' in '.join(filter(None, (data[key], data[f'{key}_version'])))}"
        for key, word in (("introduced", "introduced"), ("deprecated", "deprecated"), ("removed", "removed"))
        if data[key] or data[f"{key}_version"]
    ]
    if history:
        yield f"  history       {'; '.join(history)}"
    if data["replacements"]:
        passed = f" (by way of {', '.join(data['replacement_chain'])})" if data["replacement_chain"] else ""
        yield f"  use instead   {listed(data['replacements'], 'or')}{passed}"
    elif data["status"] == "removed":
        yield "  use instead   nothing replaces it"
    if data["logins"]:
        yield f"  asked for by  {', '.join(login['name'] for login in data['logins'])}"
    if data["automatic"]:
        yield "  review        granted to every app by itself"
    else:
        review = {"yes": "needs App Review", "no": "needs no App Review"}.get(data["review"], "not known")
        yield f"  review        {review}"
    yield from _list_lines("allowed usage", data["allowed_usage"])
    needs = [*data["dependencies"]["direct"]]
    needs += [f"{dep['name']} (through {', '.join(dep['through'])})" for dep in data["dependencies"]["implied"]]
    needs += [f"{feature} (a feature)" for feature in data["dependencies"]["features"]]
    yield from _list_lines("depends on", needs)
    yield from _list_lines("needed by", data["dependents"])
    yield from _list_lines("narrower", [f"{row['name']} is enough for {row['covers']}" for row in data["narrower"]])
    yield from _list_lines("endpoints", _endpoint_rows(data["endpoints"]))
    if data["note"]:
        yield f"  note          {data['note']}"
    yield from _source_lines(data)


def _endpoint_rows(endpoints: list[dict[str, Any]]) -> list[str]:
    """A few endpoints, and how many there are."""
    several = len({each["host"] for each in endpoints}) > 1
    rows = []
    for each in endpoints:
        fields = f", field {listed(each['fields'][:3], 'or')}" if each["fields"] else ""
        rows.append(f"{each['method']} {each['host'] if several else ''}{each['path']}{fields}")
    more = len(rows) - _SHOWN
    return rows if more <= 1 else [*rows[:_SHOWN], f"and {more} more; --format json has all {len(rows)}"]


def _absent_lines(data: dict[str, Any]) -> Iterator[str]:
    """What a name is that no permission has."""
    yield f"{data['asked']} is not a permission."
    if data["misspelling_of"]:
        yield f"  It is written for {listed(data['misspelling_of'], 'or')}."
    elif data["misspelling_of"] is not None:
        yield "  It turns up in code, but was never official."
    if data["feature"]:
        yield f"  {data['feature']} is a feature of App Review: switched on for an app, never asked for at login."
    if data["field"]:
        given = data["field"]["permission"]
        by = f"; the permission {given} gives it" if given else ""
        yield f"  {data['field']['name']} is a field of the User node{by}."
    yield from _source_lines(data)


def _list_lines(title: str, rows: list[str]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield f"  {title if number == 0 else '':<13} {row}"


def _source_lines(data: dict[str, Any]) -> Iterator[str]:
    yield from _list_lines("source", [f"{source['url']} ({source['date']})" for source in data["sources"]])


def _write(lines: Iterable[str]) -> None:
    from permlint.report.style import style_for

    style = style_for(sys.stdout)
    write("".join(f"{style.plain(line)}\n" for line in lines), None)


def _write_json(data: object) -> None:
    from permlint.report.machine import dump

    write(dump(data), None)
