using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Catalog;

/// <summary>Records of one kind as a table: its name, the columns that the record's type has, and the records as they stand in the lake.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Record">The records' type.</param>
/// <param name="Read">Reads the records: one JSON object each.</param>
internal sealed record RecordTable(string Name, Type Record, Func<RunRecords, CancellationToken, IAsyncEnumerable<string>> Read)
{
    public static IReadOnlyList<RecordTable> All { get; } =
    [
        new("runs", typeof(RunResult), (records, cancellationToken) => records.ReadRunTextsAsync(cancellationToken)),
        new("files", typeof(FileRecord), (records, cancellationToken) => records.ReadFileTextsAsync(cancellationToken)),
    ];

    /// <summary>What DuckDB is told of the records' fields. A query that does not ask for them is not kept waiting for it.</summary>
    public string Structure => field ??= RecordStructure.Of(Record);
}

/// <summary>A table of records and what it holds.</summary>
internal sealed record FilledRecordTable(RecordTable Table, IReadOnlyList<string> Records);
