using System.Text.Encodings.Web;
using System.Text.Json;
using SpotifyEtl.Catalog;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Docs;

/// <summary>
/// The parts of functions/deploy/aws.yaml that follow from the typed tables: a table for each, the views of their newest rows, and the tables that a run
/// may add a month to.
/// </summary>
internal static class TypedTablesTemplate
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The tables and the views.</summary>
    public static string Text() => string.Join("\n\n", [.. Table.All.Select(Of), .. LatestView.All.Select(Of)]) + "\n";

    /// <summary>The tables as resources of a policy.</summary>
    public static string Arns() => string.Join('\n', Table.All.Select(table =>
        $$"""              - !Sub "arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:table/${Database}/{{table.TypedName}}" """.TrimEnd()));

    private static string Of(Table table) => $$$"""
          {{{Camel(table.TypedName)}}}:
            Type: AWS::Glue::Table
            Properties:
              CatalogId: !Ref AWS::AccountId
              DatabaseName: !Ref Database
              TableInput:
                Name: {{{table.TypedName}}}
                TableType: EXTERNAL_TABLE
                Parameters:
                  classification: parquet
                PartitionKeys:
                  - { Name: {{{GlueParquet.PartitionKey}}}, Type: string }
                StorageDescriptor:
                  Location: !Sub "s3://${Bucket}/{{{table.TypedPrefix}}}"
                  InputFormat: {{{GlueParquet.InputFormat}}}
                  OutputFormat: {{{GlueParquet.OutputFormat}}}
                  SerdeInfo:
                    SerializationLibrary: {{{GlueParquet.Serde}}}
                  Columns:
        {{{Columns(table.TypedColumns)}}}
        """;

    private static string Of(LatestView view) => $$$"""
          {{{Camel(view.Name)}}}:
            Type: AWS::Glue::Table
            Properties:
              CatalogId: !Ref AWS::AccountId
              DatabaseName: !Ref Database
              TableInput:
                Name: {{{view.Name}}}
                TableType: VIRTUAL_VIEW
                Parameters:
                  presto_view: "true"
                  comment: Presto View
                PartitionKeys: []
                StorageDescriptor:
                  SerdeInfo: {}
                  Columns:
        {{{Columns(view.Columns)}}}
                ViewExpandedText: "/* Presto View */"
                ViewOriginalText: !Join
                  - ""
                  - - "/* Presto View: "
                    - Fn::Base64: !Sub |
                        {
                        "originalSql": {{{JsonSerializer.Serialize(view.Sql, s_json)}}},
                        "catalog": "awsdatacatalog",
                        "schema": "${Database}",
                        "columns": [
                        {{{string.Join(",\n                ", view.Columns.Select(column => $$"""{ "name": "{{column.Name}}", "type": "{{TypeInView(column.Type)}}" }"""))}}}
                        ]
                        }
                    - " */"
        """;

    private static string Columns(IReadOnlyList<TableColumn> columns) =>
        string.Join('\n', columns.Select(column => $"            - {{ Name: {column.Name}, Type: {GlueParquet.TypeOf(column.Type)} }}"));

    // Trino's names, and the precision in which Athena reads Hive's timestamps.
    private static string TypeInView(ColumnType type) => type switch
    {
        ColumnType.WholeNumber => "integer",
        ColumnType.Boolean => "boolean",
        ColumnType.Date => "date",
        ColumnType.Timestamp => "timestamp(3)",
        _ => "varchar",
    };

    private static string Camel(string name) => string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
