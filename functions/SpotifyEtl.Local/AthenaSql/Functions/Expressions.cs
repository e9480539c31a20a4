namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>Pieces of DuckDB's expressions.</summary>
internal static class Expressions
{
    /// <summary>Fails with Trino's message where it is evaluated, also under TRY, and is of any type.</summary>
    /// <param name="message">DuckDB's expression of the message.</param>
    // DuckDB's own error() cannot stand in TRY, and a type of its own would become that of the CASE around.
    public static string Error(string message) => $"list_extract([NULL], athena_fail({message}))";

    /// <summary>
    /// An expression of values that are computed once: they are <c>_v.a0</c>, <c>_v.a1</c> … in <paramref name="body"/>. Arguments stand outside of the
    /// lambda that this is, so that they may be aggregates and queries.
    /// </summary>
    public static string Let(string body, params string[] values) => LetAs("_v", body, values);

    /// <summary>The same with another name than <c>_v</c>, for one inside of another.</summary>
    public static string LetAs(string name, string body, params string[] values) =>
        $"list_transform([{{{string.Join(", ", values.Select((value, index) => $"'a{index}': {value}"))}}}], lambda {name}: {body})[1]";

    /// <summary>Gives names to values of which one, <paramref name="body"/>, is a lambda's.</summary>
    public static string Apply(string body, params (string Parameter, string Value)[] parameters) =>
        parameters.Reverse().Aggregate(body, (inner, parameter) => $"list_transform([{parameter.Value}], lambda {parameter.Parameter}: {inner})[1]");

    /// <summary>Null, where one of the values is.</summary>
    public static string NullWith(string body, params string[] values) =>
        $"CASE WHEN {string.Join(" OR ", values.Select(value => $"{value} IS NULL"))} THEN NULL ELSE {body} END";

    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>The arguments' marks, with something between them.</summary>
    public static string Joined(FunctionCall call, string between) => $"({string.Join(between, call.Types.Select((_, index) => $"{{{index}}}"))})";
}
