"""How PHP code puts its scopes together; the markers are explained in conftest.py."""

from __future__ import annotations

import pytest

SINK = "$url = 'https://www.facebook.com/v19.0/dialog/oauth?client_id=1&scope=' . implode(',', $s);"
BODIES = {
    "an array that grows": "$s = []; $s[] = 'email'; array_push($s, 'pages_show_list', 'ads_read'); -> email pages_show_list ads_read",
    "an array that is made by putting something in": "$s[] = 'email'; -> email",
    "an array in an array": "$x['login']['scopes'][] = 'email'; $s = $x['login']['scopes']; -> email",
    "a key that makes a list a mapping": "$x = []; $x['a'] = 'email'; $x['b'] = 'ads_read'; $s = $x; -> email ads_read",
    "a copy that grows by itself": "$a = ['email']; $s = $a; $a[] = 'ads_read'; -> email",
    "a copy that a function changes": "function f($a) { $a[] = 'ads_read'; } $s = ['email']; f($s); -> email",
    "an array that a function changes": "function f(array &$a) { $a[] = 'ads_read'; } $s = ['email']; f($s); -> email ads_read",
    "merged": "$s = array_unique(array_merge(['email'], ['email', 'ads_read'])); -> email ads_read",
    "added": "$s = ['a' => 'email'] + ['a' => 'ads_read', 'b' => 'pages_show_list']; -> email pages_show_list",
    "spread": "$a = ['email']; $s = [...$a, 'ads_read']; -> email ads_read",
    "mapped": "$s = array_map('trim', explode(',', 'email, ads_read')); -> email ads_read",
    "mapped by a method": "class A { static function f($x) { return \"ads_$x\"; } } $s = array_map([A::class, 'f'], ['read']); -> ~ads_read",
    "mapped by an arrow function": "$p = 'ads_'; $s = array_map(fn($x) => $p . $x, ['read', 'management']); -> ~ads_read ~ads_management",
    "filtered": "$s = array_values(array_filter(['email', '', null, 'ads_read'])); -> email ads_read",
    "without some": "$s = array_diff(['email', 'ads_read'], ['ads_read']); -> email",
    "keys": "$s = array_keys(['email' => 1, 'ads_read' => 2]); -> email ads_read",
    "values of a loop": "foreach (['a' => 'email', 'b' => 'ads_read'] as $x) { $s[] = $x; } -> email ads_read",
    "keys of a loop": "foreach (['email' => 1, 'ads_read' => 0] as $k => $v) { $s[] = $k; } -> email ads_read",
    "pairs of a loop": "foreach ([['x', 'email'], ['y', 'ads_read']] as [$a, $b]) { $s[] = $b; } -> email ads_read",
    "a condition": "$s = ['email']; if ($ads) { $s[] = 'ads_read'; } -> email ads_read?",
    "a known condition": "const ADS = false; $s = ['email']; if (ADS) { $s[] = 'ads_read'; } -> email",
    "taken out": "$s = ['a' => 'email', 'b' => 'ads_read']; unset($s['b']); -> email",
    "match": "$s = match ('b') { 'a' => ['email'], 'b', 'c' => ['ads_read'] }; -> ads_read",
    "switch": "switch ('a') { case 'a': $s = ['email']; break; default: $s = ['ads_read']; } -> email",
    "isset": "$x = ['a' => ['email']]; $s = isset($x['b']) ? $x['b'] : $x['a']; -> email",
    "nothing there": "$x = ['a' => 1]; $s = $x['scopes'] ?? ['email']; -> email",
    "empty": "$x = []; $s = empty($x['s']) ? ['email'] : $x['s']; -> email",
    "destructured": "['s' => $s, 'x' => [$y]] = ['s' => ['email'], 'x' => [1]]; -> email",
    "a text that grows": "$t = 'email'; $t .= ',ads_read'; $s = explode(',', $t); -> email ads_read",
    "a heredoc": "$t = <<<SCOPES\n    email\n    ads_read\n    SCOPES;\n$s = preg_split('/\\s+/', trim($t)); -> email ads_read",
    "a text with holes": "$a = ['x' => 'email']; $s = [\"{$a['x']},$a[x]\"]; -> email email",
    "sprintf": "$s = [sprintf('%s_%s', 'ads', 'read')]; -> ~ads_read",
    "a collection": "$s = collect(['email'])->merge(['ads_read'])->filter()->values()->all(); -> email ads_read",
    "compact": "$email = ['email']; $x = compact('email'); $s = $x['email']; -> email",
    "a constant of a parent": "class A { const X = ['email']; } class B extends A { const Y = [...self::X, 'ads_read']; } $s = B::Y; -> email ads_read",
    "a static property": "class A { public static $x = ['email']; static function add() { self::$x[] = 'ads_read'; } } A::add(); $s = A::$x; -> email ads_read",
    "late binding": "class A { function get() { return static::X; } const X = ['email']; } class B extends A { const X = ['ads_read']; } $s = (new B)->get(); -> ads_read",
    "a trait": "trait T { protected $x = ['email']; function get() { return $this->x; } } class A { use T; } $s = (new A())->get(); -> email",
    "a fluent object": "class A { private $x = []; function add($y) { $this->x[] = $y; return $this; } function get() { return $this->x; } } $s = (new A)->add('email')->add('ads_read')->get(); -> email ads_read",
    "a property called like its method": "class A { private $scopes = ['email']; function scopes($x) { $this->scopes = $x; return $this; } function get() { return $this->scopes; } } $s = (new A)->scopes(['ads_read'])->get(); -> ads_read",
    "promoted": "class A { function __construct(public readonly array $x = ['email']) {} } $s = (new A)->x; -> email",
    "named arguments": "function f($a, $b = []) { return $b; } $s = f(b: ['email'], a: 1); -> email",
    "called by name": "function f() { return ['email']; } $s = call_user_func('f'); -> email",
    "a closure": "$x = 'email'; $f = function () use ($x) { return [$x]; }; $s = $f(); -> email",
    "a generator": "function f() { yield 'email'; yield from ['ads_read']; } foreach (f() as $x) { $s[] = $x; } -> email ads_read",
    "a global": "$g = ['email']; function f() { global $g; return $g; } $s = f(); -> email",
}


@pytest.mark.parametrize("name", BODIES)
def test_scopes_are_found(requests_of, name):
    body, _, wanted = BODIES[name].rpartition(" -> ")
    text = f"<?php\n{body}\n{SINK}\n"
    lines = text.split("\n")
    found = set()
    for request in requests_of({"a.php": text}):
        assert request.complete, request.unknown_because
        for scope in request.scopes:
            line = lines[scope.place.line - 1]
            exact = line[scope.place.column - 1 : scope.place.end_column - 1] == scope.text
            found.add(("" if exact else "~") + scope.text + ("" if scope.certain else "?"))
    assert found == set(wanted.split())


TRAPS = {
    "a comment": "<?php\n// $s = ['email'];\n/* scope=ads_read */\n# 'pages_show_list'\n$s = [];",
    "fields": "<?php\nHttp::get('https://graph.facebook.com/me', ['fields' => 'id,email']);",
    "another provider": "<?php\n$url = 'https://accounts.google.com/o/oauth2/auth?scope=email';",
    "a page that only tells": "<p>Ask for email and pages_show_list.</p>",
}


@pytest.mark.parametrize("name", TRAPS)
def test_traps_are_left_alone(requests_of, name):
    assert [scope.text for request in requests_of({"a.php": TRAPS[name]}) for scope in request.scopes] == []
