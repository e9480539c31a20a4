namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>JSON, as the type and as text.</summary>
internal static class JsonFunctions
{
    private static readonly string[] Inputs = ["varchar", "json"];

    public static IReadOnlyList<NativeFunction> Natives { get; } =
    [
        NativeFunction.Of<string, string>("athena_json_parse", JsonText.Canonical),
        NativeFunction.Of<string, string, string?>("athena_json_extract", JsonExtraction.Value),
        NativeFunction.Of<string, string, string?>("athena_json_extract_scalar", JsonExtraction.Scalar),
        NativeFunction.Of<string, string, long?>("athena_json_size", JsonExtraction.Size),
        NativeFunction.Of<string, long?>("athena_json_array_length", JsonArrays.Length),
        NativeFunction.Of<string, long, string?>("athena_json_array_get", JsonArrays.Get),
        NativeFunction.Of<string, string, string, bool?>("athena_json_array_contains", JsonArrays.Contains),
        NativeFunction.Of<string, bool>("athena_is_json_scalar", JsonText.IsScalar),
    ];

    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        .. Of("is_json_scalar({0}) -> boolean", "athena_is_json_scalar({0})"),
        .. Of("json_array_contains({0}, boolean) -> boolean", "athena_json_array_contains({0}, CAST({1} AS VARCHAR), 'boolean')"),
        .. Of("json_array_contains({0}, bigint) -> boolean", "athena_json_array_contains({0}, CAST({1} AS VARCHAR), 'bigint')"),
        .. Of("json_array_contains({0}, double) -> boolean", "athena_json_array_contains({0}, CAST({1} AS VARCHAR), 'double')"),
        .. Of("json_array_contains({0}, varchar) -> boolean", "athena_json_array_contains({0}, {1}, 'varchar')"),
        .. Of("json_array_get({0}, bigint) -> json", "CAST(athena_json_array_get({0}, {1}) AS JSON)"),
        .. Of("json_array_length({0}) -> bigint", "athena_json_array_length({0})"),
        .. Of("json_extract({0}, varchar) -> json", "CAST(athena_json_extract({0}, {1}) AS JSON)"),
        .. Of("json_extract_scalar({0}, varchar) -> varchar", "athena_json_extract_scalar({0}, {1})"),
        .. Of("json_size({0}, varchar) -> bigint", "athena_json_size({0}, {1})"),
        new("json_format(json) -> varchar", "CAST({0} AS VARCHAR)"),
        new("json_parse(varchar) -> json", "CAST(athena_json_parse({0}) AS JSON)"),
    ];

    private static IEnumerable<SqlFunction> Of(string signature, string sql) => Inputs.Select(input => new SqlFunction(
        signature.Replace("{0}", input, StringComparison.Ordinal),
        sql.Replace("{0}", input == "json" ? "CAST({0} AS VARCHAR)" : "{0}", StringComparison.Ordinal)));
}
