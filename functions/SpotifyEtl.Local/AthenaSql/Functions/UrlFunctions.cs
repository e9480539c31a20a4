namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Addresses.</summary>
internal static class UrlFunctions
{
    public static IReadOnlyList<NativeFunction> Natives { get; } =
    [
        NativeFunction.Of<string, string>("athena_url_encode", Address.Encode),
        NativeFunction.Of<string, string>("athena_url_decode", Address.Decode),
        NativeFunction.Of<string, string, string?>("athena_url_part", Address.Part),
        NativeFunction.Of<string, long?>("athena_url_port", Address.Port),
        NativeFunction.Of<string, string, string?>("athena_url_parameter", Address.Parameter),
    ];

    public static IReadOnlyList<SqlFunction> All { get; } =
    [
        Sized("url_decode(varchar) -> varchar", "athena_url_decode({0})"),
        new("url_encode(varchar) -> varchar", "athena_url_encode({0})"),
        Sized("url_extract_fragment(varchar) -> varchar", "athena_url_part({0}, 'fragment')"),
        Sized("url_extract_host(varchar) -> varchar", "athena_url_part({0}, 'host')"),
        Sized("url_extract_parameter(varchar, varchar) -> varchar", "athena_url_parameter({0}, {1})"),
        Sized("url_extract_path(varchar) -> varchar", "athena_url_part({0}, 'path')"),
        new("url_extract_port(varchar) -> bigint", "athena_url_port({0})"),
        Sized("url_extract_protocol(varchar) -> varchar", "athena_url_part({0}, 'protocol')"),
        Sized("url_extract_query(varchar) -> varchar", "athena_url_part({0}, 'query')"),
    ];

    // As long as the first argument at most.
    private static SqlFunction Sized(string signature, string sql) => new(signature, sql) { Result = types => types[0] };
}
