using SpotifyEtl.Catalog;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Docs;

/// <summary>What documents and templates say of tables and settings is what the code says.</summary>
public sealed class GeneratedPartsTests
{
    private static readonly GeneratedPart[] s_parts =
    [
        new("functions/SpotifyEtl.Functions/Lake/README.md", "tables", TableRows),
        new("functions/SpotifyEtl.Functions/Lake/README.md", "typed tables", TypedTableRows),
        new("functions/SpotifyEtl.Functions/Settings/README.md", "settings", SettingDocs.Rows),
        new("local.settings.sample.json", null, SettingDocs.Sample),
        new("functions/deploy/aws.yaml", "tables", CatalogTemplate.Text),
        new("functions/deploy/aws.yaml", "typed tables", TypedTablesTemplate.Text),
        new("functions/deploy/aws.yaml", "partitioned tables", TypedTablesTemplate.Arns),
        new("functions/deploy/azure.bicep", "settings", SettingDocs.NotInBicep),
    ];

    public static TheoryData<string, string?> Parts => [.. s_parts.Select(part => (part.File, part.Name))];

    [Theory]
    [MemberData(nameof(Parts))]
    public void A_generated_part_is_what_the_code_says(string file, string? name) => s_parts.Single(part => part.File == file && part.Name == name).Check();

    private static string TableRows() =>
        "| table | columns |\n|---|---|\n" + string.Join('\n', Table.All.Select(table => $"| `{table.Name}` | {string.Join(", ", table.Columns)} |"));

    private static string TypedTableRows() =>
        "| typed table | of | columns that are no text |\n|---|---|---|\n" + string.Join('\n', Table.All.Select(TypedTableRow));

    private static string TypedTableRow(Table table)
    {
        var typed = table.TypedColumns.Where(column => column.Type is not ColumnType.Text).Select(column => $"{column.Name} {GlueParquet.TypeOf(column.Type)}");
        return $"| `{table.TypedName}` | `{table.Name}` | {string.Join(", ", typed)} |";
    }
}
