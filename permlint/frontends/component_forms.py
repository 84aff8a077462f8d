"""What a component is in the program form: a function of its properties, or, described by Vue's options, a class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from permlint import program as p

_THIS = "this"
_PROPS = "props"


def as_class(scripts: list[p.Statement], template: list[p.Statement]) -> tuple[p.Statement, ...]:
    """A component's statements, the options that its script exports put as a class.

    template: the statements of its markup, which then sees the parts of the object; without options it comes last.
    """
    for number, statement in enumerate(scripts):
        if isinstance(statement, p.Assign) and _is_default(statement.targets[0]):
            options = _options(statement.value)
            if options is not None and _describes(options):
                made = _class(
                    statement, options, template, _bound([one for one in scripts if isinstance(one, p.Import)])
                )
                exported = p.Assign(
                    statement.start, statement.end, statement.targets, p.Name(made.start, made.end, made.name)
                )
                return (*scripts[:number], made, exported, *scripts[number + 1 :])
    return (*scripts, *template)


def as_function(
    outside: Iterable[p.Statement], inside: list[p.Statement], markup: list[p.Statement], readers: Mapping[str, str]
) -> tuple[p.Statement, ...]:
    """A component's statements as the function that its module stands for.

    outside: what belongs to the module. inside: what runs for each component, after which comes its markup, which may name
    properties by themselves. readers: names that give all properties: `function`, or what holds them as a part of that name.
    """
    if not inside and not markup:
        return tuple(outside)
    imports = [statement for statement in inside if isinstance(statement, p.Import)]
    inside = [statement for statement in inside if not isinstance(statement, p.Import)]
    given = p.Name(0, 0, _PROPS)
    whole: p.Expression = given
    defaults = _defaults(inside)
    if defaults:
        whole = p.Mapping(0, 0, ((None, p.Mapping(0, 0, tuple(defaults))), (None, given)))
    first: list[p.Statement] = []
    for at, (name, kind) in enumerate(readers.items(), 1):
        if kind == "function":
            rest = p.Parameter(at, at, "<rest>", "rest", None, None)
            first.append(p.Function(at, at, name, (rest,), (p.Return(at, at, whole),)))
        else:
            key = p.String(at, at, (p.Text(at, at, kind),))
            first.append(p.Assign(at, at, (p.Name(at, at, name),), p.Mapping(at, at, ((key, whole),))))
    if "withDefaults" in _called(inside):
        first.append(_with_defaults(len(readers) + 1))
    bound = _bound([*outside, *imports, *inside, *first])
    first += [
        p.Assign(0, 0, (p.Name(0, 0, name),), p.Attribute(0, 0, whole, name))
        for name in _free(markup)
        if name not in bound
    ]
    parameter = p.Parameter(0, 0, _PROPS, "plain", None, None)
    return (*outside, *imports, p.Function(0, 0, p.DEFAULT, (parameter,), (*first, *inside, *markup)))


def _called(statements: Iterable[p.Statement]) -> dict[str, p.Call]:
    """The calls of functions by their names."""
    return {
        node.function.id: node
        for statement in statements
        for node in p.inside(statement)
        if isinstance(node, p.Call) and isinstance(node.function, p.Name)
    }


def _defaults(statements: Iterable[p.Statement]) -> list[tuple[p.Expression | None, p.Expression]]:
    """The defaults of the properties that `defineProps({name: {default: ...}})` names."""
    call = _called(statements).get("defineProps")
    described = call.arguments[0][1] if call is not None and call.arguments else None
    return [
        (key, value)
        for key, inner in (described.entries if isinstance(described, p.Mapping) else ())
        if isinstance(inner, p.Mapping)
        for name, value in inner.entries
        if _name(name) == "default" and not isinstance(value, p.Function)
    ]


def _with_defaults(at: int) -> p.Function:
    """`withDefaults(given, defaults)`."""
    names = ("<given>", "<defaults>")
    parameters = tuple([p.Parameter(at, at, name, "plain", None, None) for name in names])
    merged = p.Mapping(at, at, tuple([(None, p.Name(at, at, name)) for name in reversed(names)]))
    return p.Function(at, at, "withDefaults", parameters, (p.Return(at, at, merged),))


def _bound(statements: Iterable[p.Statement]) -> set[str]:
    """The names that some statements bind."""
    out: set[str] = set()
    for statement in statements:
        if isinstance(statement, p.Import):
            out.update([bound for _, bound in statement.names], [statement.bound])
        elif isinstance(statement, (p.Function, p.Class)):
            out.add(statement.name)
        elif isinstance(statement, p.Assign):
            targets = [node for target in statement.targets for node in p.inside(target)]
            out.update([node.id for node in targets if isinstance(node, p.Name)])
    return out


def _is_default(target: p.Expression) -> bool:
    return isinstance(target, p.Name) and target.id == p.DEFAULT


def _options(value: p.Expression | None) -> p.Mapping | None:
    """The options, if need be what `defineComponent(...)` or `Vue.extend(...)` is given."""
    if isinstance(value, p.Call) and len(value.arguments) == 1:
        value = value.arguments[0][1]
    return value if isinstance(value, p.Mapping) else None


def _describes(options: p.Mapping) -> bool:
    names = {_name(key) for key, _ in options.entries}
    return not names.isdisjoint(("data", "methods", "computed", "props", "components", "setup", "mounted", "created"))


def _name(key: p.Expression | None) -> str:
    if isinstance(key, p.String) and len(key.parts) == 1 and isinstance(key.parts[0], p.Text):
        return key.parts[0].value
    return ""


def _class(whole: p.Statement, options: p.Mapping, template: list[p.Statement], imported: set[str]) -> p.Class:
    start = whole.start
    body: list[p.Statement] = []
    set_up: list[p.Statement] = []
    rest: list[tuple[p.Expression | None, p.Expression]] = []
    for key, value in options.entries:
        name = _name(key)
        if name == "data":
            set_up += _state(value)
        elif name == "methods" and isinstance(value, p.Mapping):
            body += _methods(value, ())
        elif name == "computed" and isinstance(value, p.Mapping):
            body += _methods(value, (p.Name(start, start, p.PROPERTY),))
        elif isinstance(value, p.Function):
            body.append(_method(name, value, ()))
        else:
            rest.append((key, value))
    # Each function has a start of its own: it is known by it.
    body.append(p.Function(options.start, options.start, p.CONSTRUCTOR, (_this(start),), tuple(set_up)))
    if template:
        names = [
            p.Assign(start, start, (p.Name(start, start, name),), _part(start, name))
            for name in _free(template)
            if name not in imported
        ]
        at = template[0].start
        body.append(p.Function(at, at, "<template>", (_this(at),), (*names, *template)))
    others = p.Do(options.start, options.end, p.Mapping(options.start, options.end, tuple(rest)))
    return p.Class(start, whole.end, f"<{start}>", (), (), (*([others] if rest else ()), *body))


def _this(at: int) -> p.Parameter:
    return p.Parameter(at, at, _THIS, "plain", None, None)


def _part(at: int, name: str) -> p.Expression:
    return p.Attribute(at, at, p.Name(at, at, _THIS), name)


def _methods(options: p.Mapping, decorators: tuple[p.Expression, ...]) -> Iterator[p.Statement]:
    for key, value in options.entries:
        name = _name(key)
        getter = (
            next((inner for part, inner in value.entries if _name(part) == "get"), value)
            if isinstance(value, p.Mapping)
            else value
        )
        if name and isinstance(getter, p.Function):
            yield _method(name, getter, decorators)
        elif name:
            yield p.Assign(value.start, value.end, (p.Name(value.start, value.start, name),), value)
        else:
            yield p.Do(value.start, value.end, value)


def _method(name: str, function: p.Function, decorators: tuple[p.Expression, ...]) -> p.Function:
    parameters = (_this(function.start), *function.parameters)
    return p.Function(function.start, function.end, name or function.name, parameters, function.body, decorators)


def _state(value: p.Expression) -> Iterator[p.Statement]:
    """What a new object's parts are set to by `data`, a mapping or a function that returns one."""
    if isinstance(value, p.Mapping):
        for key, inner in value.entries:
            name = _name(key)
            if name:
                yield p.Assign(inner.start, inner.end, (_part(inner.start, name),), inner)
    elif isinstance(value, p.Function):
        for statement in value.body:
            if isinstance(statement, p.Return) and isinstance(statement.value, p.Mapping):
                yield from _state(statement.value)
            else:
                yield statement


def _free(template: Iterable[p.Statement]) -> list[str]:
    """The names that a template looks up."""
    found = {node.id: None for statement in template for node in p.inside(statement) if isinstance(node, p.Name)}
    return [name for name in found if name != "html" and not name[:1].isupper()]
