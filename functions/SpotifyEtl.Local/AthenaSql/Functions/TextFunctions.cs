using SpotifyEtl.Errors;
using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Text. Characters are code points.</summary>
internal static class TextFunctions
{
    // What Java calls white space: no-break spaces are none.
    private const string Spaces =
        "' \t\n\v\f\r\u001C\u001D\u001E\u001F\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200A\u2028\u2029\u205F\u3000'";

    private static readonly string Substring = Let(
        "CASE WHEN _v.a1 > 0 THEN substring(_v.a0, _v.a1) WHEN _v.a1 < 0 AND -_v.a1 <= length(_v.a0) THEN substring(_v.a0, _v.a1) "
            + "WHEN _v.a0 IS NULL OR _v.a1 IS NULL THEN NULL ELSE '' END",
        "{0}",
        "{1}");

    private static readonly string SubstringOfLength = Let(
        "CASE WHEN _v.a0 IS NULL OR _v.a1 IS NULL OR _v.a2 IS NULL THEN NULL WHEN _v.a2 <= 0 OR _v.a1 = 0 OR -_v.a1 > length(_v.a0) THEN '' "
            + "ELSE substring(_v.a0, _v.a1, least(_v.a2, 2147483647)) END",
        "{0}",
        "{1}",
        "{2}");

    private static readonly string SplitToMap = Let("map(_v.a0[1:len(_v.a0):2], _v.a0[2:len(_v.a0):2])", "athena_split_to_map({0}, {1}, {2})");

    private static readonly string SplitToMultimap = Let(
        LetAs(
            "_k",
            "map(_k.a0, list_transform(_k.a0, lambda _key: list_transform(list_filter(range(1, len(_k.a1), 2), lambda _i: _k.a1[_i] = _key), "
                + "lambda _i: _k.a1[_i + 1])))",
            "list_filter(_v.a0[1:len(_v.a0):2], lambda _x, _i: list_position(_v.a0[1:len(_v.a0):2], _x) = _i)",
            "_v.a0"),
        "athena_split_to_multimap({0}, {1}, {2})");

    public static IReadOnlyList<NativeFunction> Natives { get; } =
    [
        NativeFunction.Of<string, string, string, string>("athena_replace", CodePoints.Replace),
        NativeFunction.Of<string, string>("athena_reverse", CodePoints.Reverse),
        NativeFunction.Of<string, string, long, long>("athena_strpos", CodePoints.Position),
        NativeFunction.Of<string, string, long, List<string>>("athena_split", Splitting.Split),
        NativeFunction.Of<string, string, long, string?>("athena_split_part", Splitting.Part),
        NativeFunction.Of<string, string, string, List<string>>(
            "athena_split_to_map", (text, entry, pair) => Splitting.Entries(text, entry, pair, repeated: false)),
        NativeFunction.Of<string, string, string, List<string>>(
            "athena_split_to_multimap", (text, entry, pair) => Splitting.Entries(text, entry, pair, repeated: true)),
        NativeFunction.Of<string, long, string, string>("athena_lpad", CodePoints.PadLeft),
        NativeFunction.Of<string, long, string, string>("athena_rpad", CodePoints.PadRight),
        NativeFunction.Of<string, string, long>("athena_levenshtein", TextDistance.Levenshtein),
        NativeFunction.Of<string, string, long>("athena_hamming", TextDistance.Hamming),
        NativeFunction.Of<string, string>("athena_soundex", Soundex.Of),
        NativeFunction.Of<string, bool>("athena_luhn_check", Luhn.IsValid),
        NativeFunction.Of<string, int>("athena_codepoint", CodePoints.Only),
        NativeFunction.Of<string, string, string>("athena_from_utf8", CodePoints.FromUtf8),
        NativeFunction.Of<string, string>("athena_upper", CodePoints.Upper),
        NativeFunction.Of<string, string>("athena_lower", CodePoints.Lower),
    ];

    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        new("chr(bigint) -> varchar", Let(
            "CASE WHEN _v.a0 IS NULL THEN NULL WHEN _v.a0 BETWEEN 0 AND 55295 OR _v.a0 BETWEEN 57344 AND 1114111 THEN chr(CAST(_v.a0 AS INTEGER)) "
                + $"ELSE {Error("'Not a valid Unicode code point: ' || _v.a0")} END",
            "{0}")),
        new("codepoint(varchar) -> integer", "athena_codepoint({0})"),
        new("concat(varchar, varchar, varchar...) -> varchar", "") { Render = call => Joined(call, " || ") },
        new("concat(varbinary, varbinary, varbinary...) -> varbinary", "") { Render = call => Joined(call, " || ") },
        new("concat_ws(varchar, varchar...) -> varchar", "concat_ws({*})"),
        new("concat_ws(varchar, array(varchar)) -> varchar", "athena_array_join({1}, {0}, chr(0))"),
        new("hamming_distance(varchar, varchar) -> bigint", "athena_hamming({0}, {1})"),
        new("length(varchar) -> bigint", "length({0})"),
        new("length(varbinary) -> bigint", "octet_length({0})"),
        new("levenshtein_distance(varchar, varchar) -> bigint", "athena_levenshtein({0}, {1})"),
        Sized("lower(varchar) -> varchar", "athena_lower({0})"),
        Sized("upper(varchar) -> varchar", "athena_upper({0})"),
        new("lpad(varchar, bigint, varchar) -> varchar", "athena_lpad({0}, {1}, {2})"),
        new("rpad(varchar, bigint, varchar) -> varchar", "athena_rpad({0}, {1}, {2})"),
        Sized("ltrim(varchar) -> varchar", $"ltrim({{0}}, {Spaces})"),
        Sized("rtrim(varchar) -> varchar", $"rtrim({{0}}, {Spaces})"),
        Sized("trim(varchar) -> varchar", $"trim({{0}}, {Spaces})"),
        Sized("ltrim(varchar, varchar) -> varchar", "ltrim({0}, {1})"),
        Sized("rtrim(varchar, varchar) -> varchar", "rtrim({0}, {1})"),
        Sized("trim(varchar, varchar) -> varchar", "trim({0}, {1})"),
        new("luhn_check(varchar) -> boolean", "athena_luhn_check({0})"),
        new("normalize(varchar) -> varchar", "nfc_normalize({0})"),
        new("normalize(varchar, varchar) -> varchar", "nfc_normalize({0})") { Render = Normalized },
        new("replace(varchar, varchar) -> varchar", "replace({0}, {1}, '')"),
        new("replace(varchar, varchar, varchar) -> varchar", "")
        {
            Render = call => call.Constants[1] is { Length: > 0 } ? "replace({0}, {1}, {2})" : "athena_replace({0}, {1}, {2})",
        },
        Sized("reverse(varchar) -> varchar", "athena_reverse({0})"),
        new("soundex(varchar) -> varchar", "athena_soundex({0})"),
        new("split(varchar, varchar) -> array(varchar)", "")
        {
            Render = call => call.Constants[1] is { Length: > 0 } ? "string_split({0}, {1})" : "athena_split({0}, {1}, 2147483647)",
        },
        new("split(varchar, varchar, bigint) -> array(varchar)", "athena_split({0}, {1}, {2})"),
        Sized("split_part(varchar, varchar, bigint) -> varchar", "athena_split_part({0}, {1}, {2})"),
        new("split_to_map(varchar, varchar, varchar) -> map(varchar, varchar)", SplitToMap),
        new("split_to_multimap(varchar, varchar, varchar) -> map(varchar, array(varchar))", SplitToMultimap),
        new("starts_with(varchar, varchar) -> boolean", "starts_with({0}, {1})"),
        new("strpos(varchar, varchar) -> bigint", "athena_strpos({0}, {1}, 1)"),
        new("strpos(varchar, varchar, bigint) -> bigint", "athena_strpos({0}, {1}, {2})"),
        Sized("substr(varchar, bigint) -> varchar", Substring),
        Sized("substr(varchar, bigint, bigint) -> varchar", SubstringOfLength),
        Sized("substring(varchar, bigint) -> varchar", Substring),
        Sized("substring(varchar, bigint, bigint) -> varchar", SubstringOfLength),
        new("to_utf8(varchar) -> varbinary", "encode({0})"),
        new("from_utf8(varbinary) -> varchar", "athena_from_utf8(hex({0}), '\uFFFD')"),
        new("from_utf8(varbinary, varchar) -> varchar", "athena_from_utf8(hex({0}), {1})"),
        new("translate(varchar, varchar, varchar) -> varchar", "translate({0}, {1}, {2})"),
    ];

    // As long as the first argument at most.
    private static SqlFunction Sized(string signature, string sql) => new(signature, sql) { Result = types => types[0] };

    // The program runs without ICU, and DuckDB has this form alone.
    private static string Normalized(FunctionCall call) => call.Constants[1] is "NFC"
        ? "nfc_normalize({0})"
        : throw new PermanentEtlException($"normalize to {call.Constants[1]} is not offered here: normalize(x, NFC) is.");
}
