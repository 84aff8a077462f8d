"""Go's names for the operations of `library`."""

from __future__ import annotations

from permlint.evaluation import finding
from permlint.evaluation import library as lib
from permlint.evaluation.library import Library
from permlint.program import AS, FIRST

_METHODS: dict[str, lib.Method] = {
    "append": lib.append_items,
    "Set": lib.set_entry,
    "Add": lib.set_entry,
    "Get": lib.item_at,
    "Del": lib.remove_entry,
    "Encode": lib.encoded_values,
    "String": lib.text_of_owner,
    "WriteString": lib.append_items,
    "WriteByte": lib.append_items,
    "WriteRune": lib.append_items,
    "JoinPath": lib.with_path("/"),
}

_SAME = (
    "string", "byte", "strings.NewReader", "bytes.NewReader", "bytes.NewBuffer", "bytes.NewBufferString", "io.NopCloser",
    "encoding/json.Marshal", "encoding/json.MarshalIndent", "strings.Clone", "slices.Clone", "html/template.URL",
)  # fmt: skip

LIBRARY = Library(
    open=True,
    declares=True,
    entries_are_parts=True,
    methods=_METHODS,
    functions={
        **dict.fromkeys(_SAME, lib.first),
        "append": lib.combined_with,
        FIRST: lib.first_result,
        AS: lib.as_one_of,
        "<ranged>": lib.numbered,
        "<keys>": lib.numbers,
        "fmt.Sprintf": lib.format_values,
        "fmt.Sprint": lib.concatenated,
        "strings.Join": lib.joined_items,
        "strings.Split": lib.as_method(lib.split_text),
        "strings.Fields": lib.as_method(lib.split_text),
        "strings.Replace": lib.as_method(lib.replace_text),
        "strings.ReplaceAll": lib.as_method(lib.replace_text),
        "strings.ToLower": lib.as_method(lib.recased(str.lower)),
        "strings.ToUpper": lib.as_method(lib.recased(str.upper)),
        "strings.TrimSpace": lib.as_method(lib.stripped("both")),
        "strings.Trim": lib.as_method(lib.stripped("both")),
        "strings.TrimRight": lib.as_method(lib.stripped("right")),
        "strings.TrimLeft": lib.as_method(lib.stripped("left")),
        "strings.TrimSuffix": lib.as_method(lib.trimmed("end")),
        "strings.TrimPrefix": lib.as_method(lib.trimmed("start")),
        "strings.HasPrefix": lib.as_method(lib.asked(str.startswith)),
        "strings.HasSuffix": lib.as_method(lib.asked(str.endswith)),
        "strings.Contains": lib.as_method(lib.holds_item),
        "strings.EqualFold": lib.as_method(lib.asked(lambda one, other: one.lower() == other.lower())),
        "slices.Contains": lib.as_method(lib.holds_item),
        "slices.Concat": lib.concatenated_items,
        "strings.Builder": lib.builder_of_text,
        "bytes.Buffer": lib.builder_of_text,
        "net/url.Values": lib.to_query,
        "net/url.Parse": lib.to_address,
        "net/url.URL": lib.address_from_parts,
        "net/url.QueryEscape": lib.quote_text,
        "net/url.PathEscape": lib.quote_text,
        "net/url.JoinPath": lib.joined_path,
        "path.Join": lib.joined_path,
    },
    changing=frozenset(("append", "Set", "Add", "WriteString")),
    address_parts={"Query": "query", "RawQuery": "parameters", "String": "text"},
    plain=frozenset(
        ("string", "byte", "rune", "int", "int32", "int64", "uint", "uint64", "float64", "bool", "error", "any", "T",
        "context.Context",
         "net/url.Values", "time.Time", "time.Duration")
    ),
    texts=frozenset(("string",)),
    finder=finding.paths_in_module((".go",), "go.mod", "module "),
    siblings=(".go",),
    declarations=("func ", "type ", "var ", "const ", "\n\t"),
    additions=(") ",),
)  # fmt: skip
