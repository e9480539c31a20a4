using SpotifyEtl.Catalog;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Docs;

/// <summary>
/// The part of functions/deploy/aws.yaml that follows from the tables: a table for each, with a classifier and a crawler for those that are crawled.
/// </summary>
internal static class CatalogTemplate
{
    public static string Text() => string.Join("\n\n", Table.All.SelectMany(Of)) + "\n";

    private static IEnumerable<string> Of(Table table)
    {
        var name = string.Concat(table.Name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        var columns = string.Join('\n', table.Columns.Select(column => $"            - {{ Name: {column}, Type: string }}"));
        var classifier = $$$"""
              {{{name}}}Classifier:
                Type: AWS::Glue::Classifier
                Properties:
                  CsvClassifier:
                    Name: spotify_{{{table.Name}}}_classifier
                    Delimiter: ","
                    QuoteSymbol: '"'
                    ContainsHeader: PRESENT
                    DisableValueTrimming: true
                    Header: [{{{string.Join(", ", table.Columns)}}}]
            """;
        var definition = $$$"""
              {{{name}}}Table:
                Type: AWS::Glue::Table
                Properties:
                  CatalogId: !Ref AWS::AccountId
                  DatabaseName: !Ref Database
                  TableInput:
                    Name: {{{table.CatalogName}}}
                    TableType: EXTERNAL_TABLE
                    Parameters:
                      classification: csv
                      skip.header.line.count: "1"
                    StorageDescriptor:
                      Location: !Sub "s3://${Bucket}/{{{table.Prefix}}}"
                      InputFormat: org.apache.hadoop.mapred.TextInputFormat
                      OutputFormat: org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat
                      SerdeInfo:
                        SerializationLibrary: org.apache.hadoop.hive.serde2.OpenCSVSerde
                        Parameters:
                          separatorChar: ","
                          quoteChar: '"'
                          escapeChar: "\n"
                      Columns:
            {{{columns}}}
            """;
        var crawler = $$$"""
              {{{name}}}Crawler:
                Type: AWS::Glue::Crawler
                Properties:
                  Name: {{{CatalogOptions.CrawlerOf(table)}}}
                  Role: !GetAtt CrawlerRole.Arn
                  DatabaseName: !Ref Database
                  Classifiers: [!Ref {{{name}}}Classifier]
                  Targets:
                    CatalogTargets:
                      - DatabaseName: !Ref Database
                        Tables: [!Ref {{{name}}}Table]
                  SchemaChangePolicy:
                    UpdateBehavior: LOG
                    DeleteBehavior: LOG
                  Configuration: '{"Version":1.0,"CrawlerOutput":{"Partitions":{"AddOrUpdateBehavior":"InheritFromTable"}},"Grouping":{"TableGroupingPolicy":"CombineCompatibleSchemas"}}'
            """;
        return table.IsCrawled ? [classifier, definition, crawler] : [definition];
    }
}
