using System.Collections.Concurrent;
using SpotifyEtl.Local.AthenaSql.Functions;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>The functions that there are, by name. Signatures are read when they are asked for.</summary>
internal sealed class FunctionSet(IReadOnlyList<SqlFunction> functions)
{
    private readonly ILookup<string, SqlFunction> _byName = functions.ToLookup(
        function => function.Signature[..function.Signature.IndexOf('(', StringComparison.Ordinal)].Trim(), StringComparer.OrdinalIgnoreCase);

    private readonly ConcurrentDictionary<string, IReadOnlyList<Signature>> _signatures = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All that statements may call.</summary>
    public static FunctionSet OfAthena { get; } = new(AthenaFunctions.All);

    public IEnumerable<string> Names => _byName.Select(group => group.Key);

    /// <summary>The signatures of a name; none: there is no such function.</summary>
    public IReadOnlyList<Signature> Find(string name) => _signatures.GetOrAdd(name, known => [.. _byName[known].Select(Signature.Read)]);
}
