using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.AthenaSql.Functions;

/// <summary>The functions of Athena's SQL, and what DuckDB must know to compute them.</summary>
internal static partial class AthenaFunctions
{
    private static readonly Dictionary<string, NativeFunction> s_natives = ((IEnumerable<NativeFunction>)
        [
            NativeFunction.Of<string, long>("athena_fail", message => throw new PermanentEtlException(message)),
            .. TextFunctions.Natives,
            .. RegularExpressionFunctions.Natives,
            .. DateFunctions.Natives,
            .. ArrayFunctions.Natives,
            .. JsonFunctions.Natives,
            .. NumberFunctions.Natives,
            .. RoundingFunctions.Natives,
            .. BinaryFunctions.Natives,
            .. UrlFunctions.Natives,
            .. FormatFunctions.Natives,
        ]).ToDictionary(native => native.Name, StringComparer.Ordinal);

    private static readonly ConditionalWeakTable<DuckDBConnection, ConcurrentDictionary<string, bool>> s_known = [];

    /// <summary>By domain, as the documentation lists them.</summary>
    public static IReadOnlyList<(string Domain, IReadOnlyList<SqlFunction> Functions)> ByDomain { get; } =
    [
        ("Text", TextFunctions.All),
        ("Regular expressions", RegularExpressionFunctions.All),
        ("Dates and times", [.. DateFunctions.All, .. DatePartFunctions.All, .. DateArithmeticFunctions.All]),
        ("Numbers", [.. NumberFunctions.All, .. RoundingFunctions.All]),
        ("Arrays", [.. ArrayFunctions.All, .. SequenceFunctions.All]),
        ("Maps", MapFunctions.All),
        ("Lambdas", LambdaFunctions.All),
        ("JSON", JsonFunctions.All),
        ("Binary", BinaryFunctions.All),
        ("URLs", UrlFunctions.All),
        ("Comparison, formatting and others", FormatFunctions.All),
        ("Aggregates", [.. AggregateFunctions.All, .. StatisticFunctions.All]),
        ("Windows", WindowFunctions.All),
    ];

    /// <summary>All, each in every signature.</summary>
    public static IReadOnlyList<SqlFunction> All { get; } = [.. ByDomain.SelectMany(domain => domain.Functions).Select(InstantGuard.Of)];

    /// <summary>What expressions may call beyond DuckDB's own.</summary>
    public static IEnumerable<string> NativeNames => s_natives.Keys;

    /// <summary>Makes known to a connection what an expression of these functions calls; no more, as each costs some of a query's first milliseconds.</summary>
    public static void Prepare(DuckDBConnection connection, string sql)
    {
        var known = s_known.GetValue(connection, _ => new ConcurrentDictionary<string, bool>(StringComparer.Ordinal));
        foreach (Match call in NativeCall().Matches(sql))
        {
            if (s_natives.TryGetValue(call.Value, out var native) && known.TryAdd(native.Name, value: true))
            {
                native.Register(connection);
            }
        }
    }

    /// <summary>What to write in place of a function that is not offered; null: nothing known.</summary>
    public static string? WhatInstead(string name) => OtherFunctions.WhatInstead(name);

    [GeneratedRegex("athena_[a-z0-9_]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NativeCall();
}
