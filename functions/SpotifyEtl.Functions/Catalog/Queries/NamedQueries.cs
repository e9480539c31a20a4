using System.Reflection;
using System.Text.RegularExpressions;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Catalog.Queries;

/// <summary>The queries that come with the app: the .sql files of this folder.</summary>
public static partial class NamedQueries
{
    private const string Folder = "Queries/";
    private const string PartFolder = "QueryParts/";
    private const string PartMark = "-- part: ";
    private const string Extension = ".sql";

    /// <summary>All of them, in order of name.</summary>
    public static IReadOnlyList<NamedQuery> All { get; } = Load(typeof(NamedQueries).Assembly);

    /// <exception cref="EtlConfigurationException">There is no such query: the message lists those there are.</exception>
    public static NamedQuery Get(string name) =>
        All.FirstOrDefault(query => query.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new EtlConfigurationException($"There is no query '{name}'. There are {string.Join(", ", All.Select(query => query.Name))}.");

    /// <summary>How the snapshots of playlists are ordered, as it stands in each query that compares them: a list of relations, one made of another.</summary>
    public static string SnapshotsPart { get; } = Part(typeof(NamedQueries).Assembly, "snapshots") + "\n";

    /// <summary>The relations of <see cref="SnapshotsPart"/>, in their order.</summary>
    public static IReadOnlyList<QueryRelation> SnapshotRelations => field ??=
        [.. Relation().Matches(SnapshotsPart).Select(match => new QueryRelation(match.Groups["name"].Value, match.Groups["sql"].Value))];

    // What several queries have in common stands once, in Parts/, and in each of them.
    private static string Expand(Assembly assembly, string line) =>
        line.StartsWith(PartMark, StringComparison.Ordinal) ? Part(assembly, line[PartMark.Length..]) : line;

    private static string Part(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream($"{PartFolder}{name}{Extension}")!);
        return reader.ReadToEnd().TrimEnd();
    }

    private static IReadOnlyList<NamedQuery> Load(Assembly assembly) =>
    [
        .. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name)),
    ];

    private static NamedQuery Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var sql = string.Join('\n', reader.ReadToEnd().Trim().Split('\n').Select(line => Expand(assembly, line)));
        var firstLine = sql.AsSpan(0, sql.IndexOf('\n', StringComparison.Ordinal));
        return new NamedQuery(resource[Folder.Length..^Extension.Length], firstLine.TrimStart("-- ").Trim().ToString(), sql);
    }

    [GeneratedRegex(
        @"^(?<name>\w+) AS \(\n(?<sql>.*?)\n\),?$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Relation();
}

/// <summary>A relation that a query names before it asks.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Sql">The statement that gives its rows.</param>
public sealed record QueryRelation(string Name, string Sql);
