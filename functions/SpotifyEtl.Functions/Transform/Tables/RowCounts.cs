using System.Text.Json.Serialization;

namespace SpotifyEtl.Transform.Tables;

/// <summary>Rows by table. Written as JSON it has the names of all tables, in their order.</summary>
[JsonConverter(typeof(RowCountsJson))]
public sealed class RowCounts : IEquatable<RowCounts>
{
    private readonly long[] _rows;

    private RowCounts(IEnumerable<long> rows) => _rows = [.. rows];

    public static RowCounts None { get; } = Of(new Dictionary<string, long>(StringComparer.Ordinal));

    public static RowCounts operator +(RowCounts a, RowCounts b) => new(a._rows.Zip(b._rows, (left, right) => left + right));

    /// <summary>The counts of a dictionary by table name. A table that it lacks has no rows.</summary>
    public static RowCounts Of(IReadOnlyDictionary<string, long> rows) => new(Table.All.Select(table => rows.GetValueOrDefault(table.Name)));

    /// <summary>The rows of one table.</summary>
    public long this[Table table] => _rows[Table.All.Index().First(entry => entry.Item == table).Index];

    /// <summary>The rows of some of the tables, as if the others had none.</summary>
    public RowCounts Of(Func<Table, bool> choose) => new(Table.All.Zip(_rows, (table, rows) => choose(table) ? rows : 0));

    /// <summary>The entries of playlists and the plays that were loaded: what people count of a raw file.</summary>
    public long Loaded => this[Table.Playlist] + this[Table.Play];

    /// <summary>The rows of all tables.</summary>
    public long Total => _rows.Sum();

    public bool Equals(RowCounts? other) => other is not null && _rows.AsSpan().SequenceEqual(other._rows);

    public override bool Equals(object? obj) => Equals(obj as RowCounts);

    public override int GetHashCode() => _rows.Aggregate(0, HashCode.Combine);

    public override string ToString() => string.Join(", ", Table.All.Select(table => $"{table.Name} {this[table]}"));
}
