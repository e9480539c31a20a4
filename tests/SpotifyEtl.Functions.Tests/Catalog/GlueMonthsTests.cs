using System.Text.Json.Nodes;
using Amazon.Glue;
using Microsoft.Extensions.Options;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Functions.Tests.Aws;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Catalog;

public sealed class GlueMonthsTests : IAsyncLifetime
{
    private const string Month = "2026-11";

    private AwsServer _server = null!;
    private IAmazonGlue _glue = null!;
    private GlueMonths _months = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await AwsServer.StartAsync();
        _glue = _server.GlueClient();
        _months = new GlueMonths(
            _glue, Options.Create(new CatalogOptions { Database = "music" }), Options.Create(new LakeOptions { Uri = "s3://bucket/prefix" }));
    }

    public ValueTask DisposeAsync()
    {
        _glue.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task A_month_becomes_a_partition_of_each_table_with_its_folder_and_its_typed_columns()
    {
        var warnings = await _months.RegisterAsync(Month, Table.All, Cancellation);

        Assert.Empty(warnings);
        Assert.Equal(Table.All.Select(table => (table.TypedName, Month)).Order(), _server.Glue.Partitions.Made.Keys.Order());
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse("""
                    {
                      "DatabaseName": "music",
                      "TableName": "albums",
                      "PartitionInputList": [
                        {
                          "Values": ["2026-11"],
                          "StorageDescriptor": {
                            "Location": "s3://bucket/prefix/analytics_data/albums/month=2026-11/",
                            "InputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
                            "OutputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
                            "SerdeInfo": { "SerializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe" },
                            "Columns": [
                              { "Name": "album_id", "Type": "string" },
                              { "Name": "name", "Type": "string" },
                              { "Name": "release_date", "Type": "date" },
                              { "Name": "total_tracks", "Type": "int" },
                              { "Name": "url", "Type": "string" },
                              { "Name": "release_date_precision", "Type": "string" },
                              { "Name": "album_type", "Type": "string" },
                              { "Name": "extracted_at", "Type": "timestamp" },
                              { "Name": "image_url", "Type": "string" },
                              { "Name": "raw_file", "Type": "string" }
                            ]
                          }
                        }
                      ]
                    }
                    """),
                Asked(Table.Album)),
            Asked(Table.Album).ToJsonString());
        Assert.Contains("""{"Name":"explicit","Type":"boolean"}""", Asked(Table.Song).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_folder_of_the_partition_is_the_one_that_the_months_file_is_in()
    {
        await _months.RegisterAsync("unknown", Table.All, Cancellation);

        Assert.All(Table.All, table =>
        {
            var location = (string)_server.Glue.Partitions.Made[(table.TypedName, "unknown")]["PartitionInputList"]![0]!["StorageDescriptor"]!["Location"]!;
            var key = $"s3://bucket/prefix/{table.TypedKeyFor("unknown")}";
            Assert.StartsWith(location, key, StringComparison.Ordinal);
            Assert.DoesNotContain('/', key[location.Length..]);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_month_that_is_known_already_is_no_trouble(bool isListed)
    {
        await _months.RegisterAsync(Month, [Table.Song], Cancellation);
        _server.Glue.Partitions.Faults = _ => isListed ? null : new PartitionFault("AlreadyExistsException", "Partition already exists.", isListed);

        Assert.Empty(await _months.RegisterAsync(Month, [Table.Song], Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tables_that_are_not_there_are_named_in_one_warning_that_says_what_to_do_and_the_others_are_registered(bool isListed)
    {
        _server.Glue.Partitions.Faults = table =>
            table is "songs" or "albums" ? new PartitionFault("EntityNotFoundException", $"Table {table} not found.", isListed) : null;

        var warnings = await _months.RegisterAsync(Month, Table.All, Cancellation);

        Assert.Equal(
            "Athena does not show the month 2026-11 of albums, songs, since the Glue database music does not have those tables (Table albums not found). "
                + "Update the stack with functions/deploy/aws.yaml; to register the earlier months afterwards, run reprocess --months.",
            Assert.Single(warnings));
        Assert.Equal(Table.All.Count - 2, _server.Glue.Partitions.Made.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tables_that_this_identity_may_not_change_are_named_in_one_warning_with_the_permission(bool isListed)
    {
        _server.Glue.Partitions.Faults = table => new PartitionFault(
            "AccessDeniedException", $"User is not authorized to perform: glue:BatchCreatePartition on resource: table/music/{table}", isListed);

        var warnings = await _months.RegisterAsync(Month, [Table.Album, Table.Song], Cancellation);

        Assert.Equal(
            "Athena does not show the month 2026-11 of albums, songs, since this identity needs the permission glue:BatchCreatePartition "
                + "(User is not authorized to perform: glue:BatchCreatePartition on resource: table/music/albums). "
                + "Update the stack with functions/deploy/aws.yaml; to register the earlier months afterwards, run reprocess --months.",
            Assert.Single(warnings));
    }

    [Fact]
    public async Task Tables_with_other_troubles_have_other_warnings()
    {
        _server.Glue.Partitions.Faults = table => table is "songs"
            ? new PartitionFault("AccessDeniedException", "no")
            : new PartitionFault("EntityNotFoundException", $"Table {table} not found");

        var warnings = await _months.RegisterAsync(Month, [Table.Album, Table.Song, Table.Artist], Cancellation);

        Assert.Equal(2, warnings.Count);
        Assert.Contains("of albums, artists, since", warnings[0], StringComparison.Ordinal);
        Assert.Contains("of songs, since", warnings[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ThrottlingException", false, 400)]
    [InlineData("InternalServiceException", false, 500)]
    [InlineData("OperationTimeoutException", false, 400)]
    [InlineData("", false, 503)]
    [InlineData("InternalServiceException", true, 200)]
    [InlineData("OperationTimeoutException", true, 200)]
    public async Task What_may_pass_is_told_as_such(string code, bool isListed, int status)
    {
        _server.Glue.Partitions.Faults = table => table is "songs" ? new PartitionFault(code, "Rate exceeded", isListed, status) : null;

        var failure = await Assert.ThrowsAsync<TransientEtlException>(() => _months.RegisterAsync(Month, Table.All, Cancellation));

        Assert.Contains("make the month 2026-11 a partition of the Glue table songs", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_will_not_pass_fails_and_names_the_table(bool isListed)
    {
        _server.Glue.Partitions.Faults = _ => new PartitionFault("ResourceNumberLimitExceededException", "Too many partitions.", isListed);

        var failure = await Assert.ThrowsAsync<PermanentEtlException>(() => _months.RegisterAsync(Month, [Table.Song], Cancellation));

        Assert.Contains("the Glue table songs: ResourceNumberLimitExceededException, Too many partitions.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_tables_nothing_is_asked()
    {
        Assert.Empty(await _months.RegisterAsync(Month, [], Cancellation));

        Assert.Empty(_server.Requests);
    }

    private JsonObject Asked(Table table) => _server.Glue.Partitions.Made[(table.TypedName, Month)];
}
