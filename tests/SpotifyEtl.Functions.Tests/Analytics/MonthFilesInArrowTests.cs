using ParquetSharp;
using SpotifyEtl.Functions.Tests.Transform;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Analytics;

/// <summary>The months' files as Arrow's C++ reader, and so pandas and Polars, see them.</summary>
public sealed class MonthFilesInArrowTests
{
    private const string Month = "2026-11";

    private readonly TypedLake _typed = new();

    public static TheoryData<string> Tables => [.. Table.All.Select(table => table.Name)];

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_file_has_the_columns_of_its_table_each_of_its_type_and_each_may_be_missing(string name)
    {
        var table = Table.All.Single(one => one.Name == name);
        using var file = await WrittenAsync(table);

        var schema = file.FileMetaData.Schema;

        Assert.Equal(
            table.TypedColumns.Select(column => (column.Name, TypeOf(column.Type), Levels: 1)),
            Enumerable.Range(0, schema.NumColumns)
                .Select(schema.Column)
                .Select(column => (column.Name, $"{column.LogicalType}", (int)column.MaxDefinitionLevel)));
    }

    [Fact]
    public async Task An_empty_field_and_text_that_is_not_of_its_type_are_missing_and_all_else_is_what_the_CSV_says()
    {
        using var songs = await WrittenAsync(Table.Song);

        Assert.Equal(["s1", "s2"], Read<string>(songs, Table.Song, "song_id"));
        Assert.Equal([1000, null], Read<int?>(songs, Table.Song, "duration_ms"));
        Assert.Equal([true, null], Read<bool?>(songs, Table.Song, "explicit"));
        Assert.Equal([null, "ISRC 2"], Read<string?>(songs, Table.Song, "isrc"));
        Assert.Equal([new DateTime(2026, 11, 1, 6, 0, 0), new DateTime(2026, 11, 1, 6, 0, 0)], Read<DateTime?>(songs, Table.Song, "extracted_at"));
    }

    [Fact]
    public async Task Dates_are_dates()
    {
        using var albums = await WrittenAsync(Table.Album);

        Assert.Equal([new Date(2024, 5, 1), null], Read<Date?>(albums, Table.Album, "release_date"));
    }

    [Fact]
    public async Task What_a_file_tells_to_be_the_least_and_the_greatest_time_is()
    {
        using var entries = await WrittenAsync(Table.Playlist);

        Assert.Equal((Microseconds(2026, 11, 1, 6), Microseconds(2026, 11, 1, 6)), Range<long>(entries, Table.Playlist, "extracted_at"));
    }

    // Wide letters come after those of two UTF-16 units there, and before them in bytes.
    [Theory]
    [InlineData("A", "Z", "A", "Z")]
    [InlineData("\uFF01", "\U0001F600", null, null)]
    [InlineData("\U0001F600", "Z", null, null)]
    public async Task What_a_file_tells_to_be_the_least_and_the_greatest_text_is_by_its_bytes_or_nothing(
        string one, string other, string? least, string? greatest)
    {
        var (first, second) = (MadeUp.Row("s1"), MadeUp.Row("s2"));
        first["track"]!["name"] = one;
        second["track"]!["name"] = other;
        using var songs = await WrittenAsync(Table.Song, first, second);

        Assert.Equal([one, other], Read<string>(songs, Table.Song, "song_name"));
        Assert.Equal((least, greatest), await TextRangeAsync(Table.Song, "song_name"));
    }

    private static (T Least, T Greatest)? Range<T>(ParquetFileReader file, Table table, string column)
        where T : unmanaged
    {
        using var group = file.RowGroup(0);
        using var chunk = group.MetaData.GetColumnChunkMetaData(IndexOf(table, column));
        using var told = (Statistics<T>?)chunk.Statistics;
        return told is { HasMinMax: true } ? (told.Min, told.Max) : null;
    }

    // Arrow looks at none of text that tells no order of its bytes, and other readers do.
    private async Task<(string? Least, string? Greatest)> TextRangeAsync(Table table, string column)
    {
        using MemoryStream stream = new(_typed.Lake[table.TypedKeyFor(Month)]);
        await using var file = await Parquet.ParquetReader.CreateAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
        var told = file.Metadata!.RowGroups[0].Columns[IndexOf(table, column)].MetaData!.Statistics!;
        return (TextOf(told.MinValue), TextOf(told.MaxValue));
    }

    private static string? TextOf(byte[]? bytes) => bytes is null ? null : System.Text.Encoding.UTF8.GetString(bytes);

    private static long Microseconds(int year, int month, int day, int hour) =>
        (new DateTime(year, month, day, hour, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private async Task<ParquetFileReader> WrittenAsync(Table table)
    {
        var (whole, bare) = (MadeUp.Row("s1"), MadeUp.Row("s2"));
        whole["track"]!["duration_ms"] = 1000;
        whole["track"]!["explicit"] = true;
        whole["track"]!["external_ids"] = null;
        whole["track"]!["album"]!["id"] = "b1";
        whole["track"]!["album"]!["release_date"] = "2024-05";
        whole["track"]!["album"]!["release_date_precision"] = "month";
        bare["track"]!["duration_ms"] = "long";
        bare["track"]!["explicit"] = null;
        bare["track"]!["external_ids"] = new System.Text.Json.Nodes.JsonObject { ["isrc"] = "ISRC 2" };
        bare["track"]!["album"]!["id"] = "b2";
        bare["track"]!["album"]!["release_date"] = "0000";
        return await WrittenAsync(table, whole, bare, new System.Text.Json.Nodes.JsonObject { ["track"] = null });
    }

    private async Task<ParquetFileReader> WrittenAsync(Table table, params System.Text.Json.Nodes.JsonNode[] rows)
    {
        var document = table == Table.Play ? MadeUpPlays.RecentOwn("", MadeUpPlays.Recent("s1", "2026-11-01T05:00:00Z")) : MadeUp.Own(rows);
        document["extracted_at"] = "2026-11-01T06:00:00Z";
        await _typed.LoadAsync(TypedLake.NameOf(Month, 1), document);
        await _typed.WriteAsync();
        return new ParquetFileReader(new ParquetSharp.IO.ManagedRandomAccessFile(new MemoryStream(_typed.Lake[table.TypedKeyFor(Month)])));
    }

    private static T[] Read<T>(ParquetFileReader file, Table table, string column)
    {
        using var group = file.RowGroup(0);
        using var reader = group.Column(IndexOf(table, column)).LogicalReader<T>();
        return reader.ReadAll((int)group.MetaData.NumRows);
    }

    private static int IndexOf(Table table, string column) => table.Columns.Index().First(one => one.Item == column).Index;

    private static string TypeOf(ColumnType type) => $"{type switch
    {
        ColumnType.WholeNumber => LogicalType.Int(32, isSigned: true),
        ColumnType.Boolean => LogicalType.None(),
        ColumnType.Date => LogicalType.Date(),
        ColumnType.Timestamp => LogicalType.Timestamp(isAdjustedToUtc: false, TimeUnit.Micros),
        _ => LogicalType.String(),
    }}";
}
