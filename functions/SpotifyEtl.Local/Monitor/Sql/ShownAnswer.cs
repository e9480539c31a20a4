using SpotifyEtl.Catalog;

namespace SpotifyEtl.Local.Monitor.Sql;

/// <summary>The first rows of an answer, as many as a page shows.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows that are shown.</param>
/// <param name="HasMore">Whether there are more.</param>
/// <param name="Elapsed">How long it took to have them.</param>
public sealed record ShownAnswer(IReadOnlyList<QueryColumn> Columns, IReadOnlyList<IReadOnlyList<ShownCell>> Rows, bool HasMore, TimeSpan Elapsed)
{
    /// <summary>What it cost, where it cost anything.</summary>
    public QueryCost? Cost { get; init; }

    /// <summary>By which column they are ordered, where somebody asked for that; null: they stand as they came.</summary>
    public AnswerOrder? Order { get; init; }

    /// <summary>Whether any text is shown in part.</summary>
    public bool IsCut => Rows.Any(row => row.Any(cell => cell.IsCut));

    /// <summary>The same rows in another order, as a page without script asks for it.</summary>
    public ShownAnswer OrderedBy(AnswerOrder? order) =>
        order is not null && order.Column < Columns.Count ? this with { Order = order, Rows = order.Apply(Rows, Columns[order.Column].IsNumeric) } : this;
}

/// <summary>A value of a row as a page shows it.</summary>
/// <param name="Text">The value, or the start of a long one; null: it is missing.</param>
/// <param name="Length">How many characters it has.</param>
public readonly record struct ShownCell(string? Text, int Length)
{
    /// <summary>The most characters of a value that a page shows.</summary>
    public const int MostCharacters = 1000;

    public bool IsCut => Length > MostCharacters;

    public static ShownCell Of(string? value) => value switch
    {
        null => new ShownCell(null, 0),
        { Length: <= MostCharacters } => new ShownCell(value, value.Length),
        _ => new ShownCell(value[..(char.IsHighSurrogate(value[MostCharacters - 1]) ? MostCharacters - 1 : MostCharacters)], value.Length),
    };
}
