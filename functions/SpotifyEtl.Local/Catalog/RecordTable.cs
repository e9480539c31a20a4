using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Catalog;

/// <summary>Records of one kind as a table: its name, the columns that the record's type has, and the records as they stand in the lake.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Structure">What DuckDB is told of the records' fields.</param>
/// <param name="Read">Reads the records: one JSON object each.</param>
internal sealed record RecordTable(string Name, string Structure, Func<RunRecords, CancellationToken, IAsyncEnumerable<string>> Read)
{
    public static IReadOnlyList<RecordTable> All { get; } =
    [
        new("runs", RecordStructure.Of(typeof(RunResult)), (records, cancellationToken) => records.ReadRunTextsAsync(cancellationToken)),
        new("files", RecordStructure.Of(typeof(FileRecord)), (records, cancellationToken) => records.ReadFileTextsAsync(cancellationToken)),
    ];
}

/// <summary>A table of records and what it holds.</summary>
internal sealed record FilledRecordTable(RecordTable Table, IReadOnlyList<string> Records);
