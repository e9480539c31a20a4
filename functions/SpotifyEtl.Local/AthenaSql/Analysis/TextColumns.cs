using SpotifyEtl.Local.AthenaSql.Types;

namespace SpotifyEtl.Local.AthenaSql.Analysis;

/// <summary>What to do about columns that hold numbers, dates or times as text, as those of tables in CSV do.</summary>
internal static class TextColumns
{
    /// <summary>The advice, with a space before; empty where none of the values is such a column.</summary>
    /// <param name="values">The values that did not fit.</param>
    /// <param name="wanted">The type to convert to, where it is known.</param>
    public static string Advice(IEnumerable<Value> values, SqlType? wanted = null)
    {
        if (values.Select(value => value.Field).FirstOrDefault(field => field?.TypedTable is not null) is not { } column)
        {
            return "";
        }

        return $". {column.Name} is text, as all columns of tables in CSV are: TRY_CAST({column.Name} AS {wanted ?? SqlType.Integer}), "
            + $"or ask the typed table {column.TypedTable}.";
    }
}
