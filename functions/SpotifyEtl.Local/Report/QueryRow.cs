using System.Globalization;
using SpotifyEtl.Catalog;

namespace SpotifyEtl.Local.Report;

/// <summary>A row that a query gave, its values found by the names of their columns.</summary>
public sealed record QueryRow(IReadOnlyList<QueryColumn> Columns, IReadOnlyList<string?> Values)
{
    /// <summary>The text of a column; a missing one is empty.</summary>
    public string Text(string column) => Find(column) ?? "";

    /// <summary>The whole number of a column; null: it is missing.</summary>
    public long? Number(string column) => long.TryParse(Find(column), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string? Find(string column)
    {
        for (var index = 0; index < Columns.Count; index++)
        {
            if (Columns[index].Name.Equals(column, StringComparison.OrdinalIgnoreCase))
            {
                return Values[index];
            }
        }

        throw new ArgumentException($"The query gives no column {column}: {string.Join(", ", Columns.Select(each => each.Name))}.", nameof(column));
    }
}
