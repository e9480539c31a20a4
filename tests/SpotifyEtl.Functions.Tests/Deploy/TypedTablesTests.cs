using System.Text;
using System.Text.Json.Nodes;
using SpotifyEtl.Catalog;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Deploy;

/// <summary>The typed tables and their views, as the template defines them.</summary>
public sealed class TypedTablesTests
{
    private const string ViewStart = "/* Presto View: ";
    private const string ViewEnd = " */";

    private static readonly AwsTemplate s_template = AwsTemplate.With(("BucketName", "bucket"), ("DatabaseName", "music"));

    public static TheoryData<string> Typed => [.. Table.All.Select(table => table.TypedName)];

    public static TheoryData<string> Views => [.. LatestView.All.Select(view => view.Name)];

    [Theory]
    [MemberData(nameof(Typed))]
    public void A_typed_table_is_Parquet_in_its_folder_with_its_types_and_a_partition_for_each_month(string name)
    {
        var table = Table.All.Single(one => one.TypedName == name);
        var input = Input(name);
        var storage = input["StorageDescriptor"]!;

        Assert.Equal("EXTERNAL_TABLE", (string?)input["TableType"]);
        Assert.Equal("parquet", (string?)input["Parameters"]!["classification"]);
        Assert.Equal("month string", Assert.Single(Columns(input["PartitionKeys"]!)));
        Assert.Equal($"s3://bucket/analytics_data/{name}/", (string?)storage["Location"]);
        Assert.StartsWith((string)storage["Location"]!, $"s3://bucket/{table.TypedKeyFor("2026-11")}", StringComparison.Ordinal);
        Assert.Equal("org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe", (string?)storage["SerdeInfo"]!["SerializationLibrary"]);
        Assert.Equal(table.TypedColumns.Select(column => $"{column.Name} {HiveType(column.Type)}"), Columns(storage["Columns"]!));
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void A_view_is_one_that_Athena_could_have_written_of_the_database_that_the_stack_has(string name)
    {
        var view = LatestView.All.Single(one => one.Name == name);
        var input = Input(name);
        var definition = Definition(s_template, name);

        Assert.Equal("VIRTUAL_VIEW", (string?)input["TableType"]);
        Assert.Equal("""{"presto_view":"true","comment":"Presto View"}""", input["Parameters"]!.ToJsonString());
        Assert.Equal("/* Presto View */", (string?)input["ViewExpandedText"]);
        Assert.Empty(input["PartitionKeys"]!.AsArray());
        Assert.Equal(view.Columns.Select(column => $"{column.Name} {HiveType(column.Type)}"), Columns(input["StorageDescriptor"]!["Columns"]!));
        Assert.Equal(["originalSql", "catalog", "schema", "columns"], definition.Select(member => member.Key));
        Assert.Equal(view.Sql, (string?)definition["originalSql"]);
        Assert.Equal(("awsdatacatalog", "music"), ((string?)definition["catalog"], (string?)definition["schema"]));
        Assert.Equal(
            view.Columns.Select(column => $"{column.Name} {TrinoType(column.Type)}"),
            definition["columns"]!.AsArray().Select(column => $"{column!["name"]} {column["type"]}"));
    }

    [Fact]
    public void Nothing_but_the_database_is_filled_into_a_view() => Assert.All(LatestView.All, view =>
    {
        var ours = Definition(s_template, view.Name);
        var other = Definition(AwsTemplate.With(("DatabaseName", "another")), view.Name);

        Assert.Equal("another", (string?)other["schema"]);
        other["schema"] = "music";
        Assert.True(JsonNode.DeepEquals(ours, other));
    });

    private static JsonNode Input(string name) => Input(s_template, name);

    private static JsonNode Input(AwsTemplate template, string name) =>
        Assert.Single(template.Of("AWS::Glue::Table").Select(table => table["TableInput"]!), input => (string?)input["Name"] == name);

    private static JsonObject Definition(AwsTemplate template, string name)
    {
        var text = (string)Input(template, name)["ViewOriginalText"]!;
        Assert.StartsWith(ViewStart, text, StringComparison.Ordinal);
        Assert.EndsWith(ViewEnd, text, StringComparison.Ordinal);
        return JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(text[ViewStart.Length..^ViewEnd.Length])))!.AsObject();
    }

    private static IEnumerable<string> Columns(JsonNode columns) => columns.AsArray().Select(column => $"{column!["Name"]} {column["Type"]}");

    private static string HiveType(ColumnType type) => type switch
    {
        ColumnType.Text => "string",
        ColumnType.WholeNumber => "int",
        ColumnType.Boolean => "boolean",
        ColumnType.Date => "date",
        _ => "timestamp",
    };

    private static string TrinoType(ColumnType type) => type switch
    {
        ColumnType.Text => "varchar",
        ColumnType.WholeNumber => "integer",
        ColumnType.Boolean => "boolean",
        ColumnType.Date => "date",
        _ => "timestamp(3)",
    };
}
