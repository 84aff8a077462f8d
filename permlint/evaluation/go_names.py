"""Go's names for the operations of `stdlib`."""

from __future__ import annotations

from permlint.evaluation import finding
from permlint.evaluation.library import Library, Method
from permlint.evaluation.stdlib import adapters, addresses, lists, mappings, objects, texts
from permlint.program import AS, FIRST

_METHODS: dict[str, Method] = {
    "append": lists.append_items,
    "Set": mappings.set_entry,
    "Add": mappings.set_entry,
    "Get": lists.item_at,
    "Del": lists.remove_entry,
    "Encode": addresses.encoded_values,
    "String": texts.text_of_owner,
    "WriteString": lists.append_items,
    "WriteByte": lists.append_items,
    "WriteRune": lists.append_items,
    "JoinPath": addresses.with_path("/"),
}

_SAME = (
    "string", "byte", "strings.NewReader", "bytes.NewReader", "bytes.NewBuffer", "bytes.NewBufferString", "io.NopCloser",
    "strings.Clone", "slices.Clone", "html/template.URL",
)  # fmt: skip

LIBRARY = Library(
    open=True,
    declares=True,
    entries_are_parts=True,
    methods=_METHODS,
    functions={
        **dict.fromkeys(_SAME, adapters.first),
        "append": lists.combined_with,
        FIRST: adapters.first_result,
        AS: adapters.as_one_of,
        **dict.fromkeys(("<json>", "encoding/json.Marshal", "encoding/json.MarshalIndent"), objects.to_record("<json>")),
        "<ranged>": lists.numbered,
        "<keys>": lists.numbers,
        "fmt.Sprintf": texts.format_values,
        "fmt.Sprint": texts.concatenated,
        "strings.Join": texts.joined_items,
        "strings.Split": adapters.as_method(texts.split_text),
        "strings.Fields": adapters.as_method(texts.split_text),
        "strings.Replace": adapters.as_method(texts.replace_text),
        "strings.ReplaceAll": adapters.as_method(texts.replace_text),
        "strings.ToLower": adapters.as_method(texts.recased(str.lower)),
        "strings.ToUpper": adapters.as_method(texts.recased(str.upper)),
        "strings.TrimSpace": adapters.as_method(texts.stripped("both")),
        "strings.Trim": adapters.as_method(texts.stripped("both")),
        "strings.TrimRight": adapters.as_method(texts.stripped("right")),
        "strings.TrimLeft": adapters.as_method(texts.stripped("left")),
        "strings.TrimSuffix": adapters.as_method(texts.trimmed("end")),
        "strings.TrimPrefix": adapters.as_method(texts.trimmed("start")),
        "strings.HasPrefix": adapters.as_method(texts.asked(str.startswith)),
        "strings.HasSuffix": adapters.as_method(texts.asked(str.endswith)),
        "strings.Contains": adapters.as_method(lists.holds_item),
        "strings.EqualFold": adapters.as_method(texts.asked(lambda one, other: one.lower() == other.lower())),
        "slices.Contains": adapters.as_method(lists.holds_item),
        "slices.Concat": lists.concatenated_items,
        "strings.Builder": texts.builder_of_text,
        "bytes.Buffer": texts.builder_of_text,
        "net/url.Values": addresses.to_query,
        "net/url.Parse": addresses.to_address,
        "net/url.URL": addresses.address_from_parts,
        "net/url.QueryEscape": addresses.quote_text,
        "net/url.PathEscape": addresses.quote_text,
        "net/url.JoinPath": addresses.joined_path,
        "path.Join": addresses.joined_path,
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
