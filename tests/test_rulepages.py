from __future__ import annotations

from dataclasses import replace

import pytest

from permlint import engine
from permlint.api import Example, Rule
from permlint.rulepages import page, table


def test_a_page():
    made = Rule(
        "ABC101",
        "some-rule",
        "error",
        "says something",
        check=lambda _: (),
        doc="""\
Says something.

## What it does

Looks.

```
## not a heading
```

## Why it matters

It does.

## What to do

Act.
""",
        bad=(Example({"a.py": "x = 1  # <- ABC101\n"}, title="A case", as_of="2024-03-01", graph_version="v19.0"),),
        good=(Example({"b.md": "```\ncode\n```\n"}),),
    )
    assert (
        page(replace(made, severity="off"))
        == """\
# ABC101 some-rule

Default severity: **off** (runs only when selected)

Says something.

## What it does

Looks.

```
## not a heading
```

## Why it matters

It does.

## Example

A case (as of 2024-03-01, Graph API v19.0).

`a.py`

```python
x = 1  # <- ABC101
```

## Use instead

`b.md`

````
```
code
```
````

## What to do

Act.
"""
    )


@pytest.mark.parametrize("each", engine.discover(), ids=lambda each: each.code)
def test_every_rule_has_a_page(each):
    text = page(each)
    assert text.startswith(f"# {each.code} {each.name}\n")
    assert text.index("## Why it matters") < text.index("## Example") < text.index("## What to do")
    assert text.endswith("\n")
    assert f"| {each.code} | [{each.name}]({each.name}.md) |" in table(engine.discover())
