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
        var document = MadeUp.Own(whole, bare, new System.Text.Json.Nodes.JsonObject { ["track"] = null });
        document["extracted_at"] = "2026-11-01T06:00:00Z";
        await _typed.LoadAsync(TypedLake.NameOf(Month, 1), document);
        await _typed.WriteAsync();
        return new ParquetFileReader(new ParquetSharp.IO.ManagedRandomAccessFile(new MemoryStream(_typed.Lake[table.TypedKeyFor(Month)])));
    }

    private static T[] Read<T>(ParquetFileReader file, Table table, string column)
    {
        using var group = file.RowGroup(0);
        using var reader = group.Column(table.Columns.Index().First(one => one.Item == column).Index).LogicalReader<T>();
        return reader.ReadAll((int)group.MetaData.NumRows);
    }

    private static string TypeOf(ColumnType type) => $"{type switch
    {
        ColumnType.WholeNumber => LogicalType.Int(32, isSigned: true),
        ColumnType.Boolean => LogicalType.None(),
        ColumnType.Date => LogicalType.Date(),
        ColumnType.Timestamp => LogicalType.Timestamp(isAdjustedToUtc: false, TimeUnit.Micros),
        _ => LogicalType.String(),
    }}";
}
