using static SpotifyEtl.Local.AthenaSql.Functions.Expressions;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Regular expressions of Java's syntax.</summary>
internal static class RegularExpressionFunctions
{
    // Of a match there is the text before it and its groups, and at the end the text behind the last: what is between stays, groups go through the lambda.
    private static readonly string ReplaceByLambda = Let(
        "CASE WHEN _v.a0 IS NULL OR _v.a1 IS NULL THEN NULL ELSE coalesce(list_aggregate(list_transform(range(0, (len(_v.a0) - 1) // _v.a1), "
            + "lambda _i: _v.a0[_i * _v.a1 + 1] || coalesce("
            + Apply("{2:body}", ("{2:0}", "_v.a0[_i * _v.a1 + 2:_i * _v.a1 + _v.a1]"))
            + ", '')), 'string_agg', ''), '') || _v.a0[-1] END",
        "athena_regexp_pieces({0}, {1})",
        "athena_regexp_groups({1}) + 1");

    public static IReadOnlyList<NativeFunction> Natives { get; } =
    [
        NativeFunction.Of<string, string, bool>("athena_regexp_like", RegularExpressions.IsMatch),
        NativeFunction.Of<string, string, long, string?>("athena_regexp_extract", RegularExpressions.Extract),
        NativeFunction.Of<string, string, long, List<string?>>("athena_regexp_extract_all", RegularExpressions.ExtractAll),
        NativeFunction.Of<string, string, string, string>("athena_regexp_replace", RegularExpressions.Replace),
        NativeFunction.Of<string, string, List<string?>>("athena_regexp_pieces", RegularExpressions.Pieces),
        NativeFunction.Of<string, long>("athena_regexp_groups", RegularExpressions.GroupsOf),
        NativeFunction.Of<string, string, List<string>>("athena_regexp_split", RegularExpressions.Split),
        NativeFunction.Of<string, string, long>("athena_regexp_count", RegularExpressions.Count),
        NativeFunction.Of<string, string, long, long, int>("athena_regexp_position", RegularExpressions.Position),
    ];

    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        new("regexp_count(varchar, varchar) -> bigint", "athena_regexp_count({0}, {1})"),
        Sized("regexp_extract(varchar, varchar) -> varchar", "athena_regexp_extract({0}, {1}, 0)"),
        Sized("regexp_extract(varchar, varchar, bigint) -> varchar", "athena_regexp_extract({0}, {1}, {2})"),
        new("regexp_extract_all(varchar, varchar) -> array(varchar)", "athena_regexp_extract_all({0}, {1}, 0)"),
        new("regexp_extract_all(varchar, varchar, bigint) -> array(varchar)", "athena_regexp_extract_all({0}, {1}, {2})"),
        new("regexp_like(varchar, varchar) -> boolean", "athena_regexp_like({0}, {1})"),
        new("regexp_position(varchar, varchar) -> integer", "athena_regexp_position({0}, {1}, 1, 1)"),
        new("regexp_position(varchar, varchar, bigint) -> integer", "athena_regexp_position({0}, {1}, {2}, 1)"),
        new("regexp_position(varchar, varchar, bigint, bigint) -> integer", "athena_regexp_position({0}, {1}, {2}, {3})"),
        new("regexp_replace(varchar, varchar) -> varchar", "athena_regexp_replace({0}, {1}, '')"),
        new("regexp_replace(varchar, varchar, varchar) -> varchar", "athena_regexp_replace({0}, {1}, {2})"),
        new("regexp_replace(varchar, varchar, function(array(varchar), varchar)) -> varchar", ReplaceByLambda),
        new("regexp_split(varchar, varchar) -> array(varchar)", "athena_regexp_split({0}, {1})"),
    ];

    // As long as the first argument at most.
    private static SqlFunction Sized(string signature, string sql) => new(signature, sql) { Result = types => types[0] };
}
