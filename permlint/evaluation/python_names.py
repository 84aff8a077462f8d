"""Python's names for the operations of `library`."""

from __future__ import annotations

from permlint.evaluation import library as lib
from permlint.evaluation import operations as ops
from permlint.evaluation.library import Library

_BUILTINS = frozenset(
    """
    abs all any ascii bin bool bytes callable chr classmethod delattr dict dir divmod enumerate eval exec filter float
    format frozenset getattr globals hasattr hash hex id input int isinstance issubclass iter len list locals map max min next
    object oct open ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple
    type unicode basestring vars zip __import__
    """.split()
)

_METHODS: dict[str, lib.Method] = {
    "join": lib.join_items,
    "split": lib.split_text,
    "rsplit": lib.split_from_right,
    "partition": lib.split_in_three(),
    "rpartition": lib.split_in_three(last=True),
    "splitlines": lib.split_lines,
    "strip": lib.stripped("both"),
    "lstrip": lib.stripped("left"),
    "rstrip": lib.stripped("right"),
    "lower": lib.recased(str.lower),
    "casefold": lib.recased(str.casefold),
    "upper": lib.recased(str.upper),
    "replace": lib.replace_text,
    "format": lib.format_text,
    "format_map": lib.format_map,
    "removeprefix": lib.trimmed("start"),
    "removesuffix": lib.trimmed("end"),
    "startswith": lib.asked(str.startswith),
    "endswith": lib.asked(str.endswith),
    "append": lib.append_item,
    "add": lib.append_item,
    "insert": lib.insert_item,
    "extend": lib.extend_items,
    "update": lib.extend_items,
    "remove": lib.remove_item,
    "discard": lib.remove_item,
    "pop": lib.pop_entry,
    "clear": lib.clear_items,
    "appendleft": lib.append_item,
    "extendleft": lib.extend_items,
    "intersection": lib.intersection,
    "substitute": lib.substitute,
    "safe_substitute": lib.substitute,
    "_replace": lib.replaced_fields,
    "geturl": lib.whole_url,
    "get": lib.get_entry,
    "setdefault": lib.set_default,
    "copy": lib.copied,
    "union": lib.union,
    "difference": lib.difference,
    "keys": lib.of_owner(ops.keys),
    "values": lib.of_owner(ops.map_values),
    "items": lib.of_owner(ops.entries),
    "sort": lib.nothing,
    "reverse": lib.nothing,
}

_QUOTE = ("urllib.parse.quote", "urllib.parse.quote_plus", "urllib.quote", "urllib.quote_plus", "urllib2.quote",
          "six.moves.urllib.parse.quote", "six.moves.urllib.parse.quote_plus", "requests.utils.quote", "yarl.quote",
          "werkzeug.urls.url_quote", "werkzeug.urls.url_quote_plus", "django.utils.http.urlquote")  # fmt: skip
_ENCODE = ("urllib.parse.urlencode", "urllib.urlencode", "six.moves.urllib.parse.urlencode", "werkzeug.urls.url_encode",
           "django.utils.http.urlencode", "future.moves.urllib.parse.urlencode", "tornado.httputil.urlencode",
           "furl.urlencode", "requests.compat.urlencode", "httpx.QueryParams",
           "starlette.datastructures.QueryParams")  # fmt: skip
_JOIN = ("urllib.parse.urljoin", "urlparse.urljoin", "six.moves.urllib.parse.urljoin", "requests.compat.urljoin")
_UNSPLIT = ("urllib.parse.urlunparse", "urllib.parse.urlunsplit", "urlparse.urlunparse", "urlparse.urlunsplit",
            "six.moves.urllib.parse.urlunparse")  # fmt: skip
_SAME = ("str", "types.MappingProxyType", "asyncio.run", "asgiref.sync.async_to_sync", "copy.copy", "copy.deepcopy", "reversed", "iter", "django.utils.translation.gettext_lazy",
         "django.utils.encoding.force_str", "textwrap.dedent", "asyncio.wait_for", "functools.lru_cache", "functools.cache",
         "markupsafe.Markup", "json.dumps", "orjson.dumps", "simplejson.dumps", "ujson.dumps", "pydantic.AnyHttpUrl", "pydantic.HttpUrl")  # fmt: skip

_FUNCTIONS: dict[str, lib.Operation] = {
    **dict.fromkeys(_QUOTE, lib.quote_text),
    **dict.fromkeys(_ENCODE, lib.encode_query),
    **dict.fromkeys(_JOIN, lib.joined_url),
    **dict.fromkeys(_UNSPLIT, lib.unsplit_url),
    **dict.fromkeys(_SAME, lib.first),
    "str": lib.to_text,
    "unicode": lib.to_text,
    "list": lib.to_collection("list"),
    "tuple": lib.to_collection("tuple"),
    "set": lib.to_collection("set"),
    "frozenset": lib.to_collection("set"),
    "sorted": lib.to_collection("list"),
    "dict": lib.to_mapping,
    "collections.OrderedDict": lib.to_mapping,
    "dict.fromkeys": lib.to_collection("list"),
    "collections.deque": lib.to_collection("list"),
    "collections.defaultdict": lib.made_on_demand,
    "collections.namedtuple": lib.record_type,
    "collections.namedtuple()": lib.record,
    "types.SimpleNamespace": lib.named_parts,
    "typing.cast": lib.second,
    "sum": lib.summed,
    "next": lib.next_item,
    "string.Template": lib.template,
    **dict.fromkeys(("urllib.parse.urlparse", "urllib.parse.urlsplit", "urlparse.urlparse"), lib.split_url),
    "itertools.chain": lib.chained,
    "itertools.chain.from_iterable": lib.chained_all,
    "map": lib.mapped,
    "filter": lib.filtered,
    "zip": lib.zipped,
    "enumerate": lib.counted,
    "len": lib.length,
    "getattr": lib.get_part,
    "setattr": lib.set_part,
    "super": lib.bases,
    "type": lib.type_of,
    "isinstance": lib.is_instance,
    "functools.partial": lib.partial,
    "re.split": lib.split_by_pattern,
    "importlib.import_module": lib.import_module,
    **dict.fromkeys(
        (
            "dataclasses.field",
            "attr.ib",
            "attr.field",
            "attrs.field",
            "pydantic.Field",
            "pydantic.fields.Field",
            "sqlmodel.Field",
            "msgspec.field",
        ),
        lib.field_default,
    ),
}

PYTHON = Library(
    builtins=_BUILTINS,
    methods=_METHODS,
    functions=_FUNCTIONS,
    same=frozenset(("value", "url", "prepare", "geturl", "human_repr", "tostr", "encode", "decode", "__str__")),
    properties=frozenset(("property", "cached_property", "classproperty", "hybrid_property", "lazy_property", "computed_field")),
    records=frozenset(("typing.TypedDict", "typing_extensions.TypedDict")),
    unbound=("str.", "list.", "dict.", "set."),
    enumerations=frozenset(
        ("enum.Enum", "enum.StrEnum", "enum.IntEnum", "django.db.models.TextChoices", "strenum.StrEnum", "backports.strenum.StrEnum")
    ),
)
