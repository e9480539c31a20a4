using System.Globalization;

namespace SpotifyEtl.Local.Monitor.Sql;

/// <summary>The column by which shown rows are ordered. Missing values come last, as in Athena.</summary>
/// <param name="Column">Its number, from 0.</param>
/// <param name="Descending">Whether the greatest comes first.</param>
public sealed record AnswerOrder(int Column, bool Descending)
{
    private const string DescendingMark = "descending";

    /// <summary>What a form asks for, such as <c>2 descending</c>; null: nothing, or it is none.</summary>
    public static AnswerOrder? Parse(string text) => text.Split(' ') is [var number, .. var direction]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var column)
            ? new AnswerOrder(column, direction is [DescendingMark])
            : null;

    /// <summary>What the heading of a column asks for: its least first, or its greatest when it is ordered so already.</summary>
    public static string Next(AnswerOrder? now, int column) => string.Create(
        CultureInfo.InvariantCulture, $"{column} {(now == new AnswerOrder(column, Descending: false) ? DescendingMark : "ascending")}");

    public IReadOnlyList<IReadOnlyList<ShownCell>> Apply(IReadOnlyList<IReadOnlyList<ShownCell>> rows, bool isNumeric)
    {
        var filled = rows.Where(row => row[Column].Text is not null);
        var missing = rows.Where(row => row[Column].Text is null);
        return [.. isNumeric ? Sort(filled, row => Number(row[Column].Text!)) : Sort(filled, row => row[Column].Text!), .. missing];
    }

    private IEnumerable<IReadOnlyList<ShownCell>> Sort<TKey>(IEnumerable<IReadOnlyList<ShownCell>> rows, Func<IReadOnlyList<ShownCell>, TKey> key)
    {
        var order = typeof(TKey) == typeof(string) ? (IComparer<TKey>)StringComparer.Ordinal : Comparer<TKey>.Default;
        return Descending ? rows.OrderByDescending(key, order) : rows.OrderBy(key, order);
    }

    private static double Number(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
