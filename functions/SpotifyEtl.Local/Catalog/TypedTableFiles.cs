using SpotifyEtl.Local.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Catalog;

/// <summary>A typed table and the files of its months, in order.</summary>
internal sealed record TypedTableFiles(Table Table, IReadOnlyList<MonthPath> Months)
{
    private const string MonthStart = "month=";

    /// <summary>The files as they are now. What else lies in the table's folder is none of them.</summary>
    public static TypedTableFiles Of(FolderLake lake, Table table, CancellationToken cancellationToken)
    {
        List<MonthPath> months = [];
        foreach (var file in lake.Files(table.TypedPrefix, cancellationToken))
        {
            if (file.Key[table.TypedPrefix.Length..].Split('/') is [var folder, _]
                && folder.StartsWith(MonthStart, StringComparison.Ordinal)
                && file.Key == table.TypedKeyFor(folder[MonthStart.Length..]))
            {
                months.Add(new MonthPath(folder[MonthStart.Length..], lake.PathOf(file.Key)));
            }
        }

        return new TypedTableFiles(table, months);
    }
}

/// <summary>The file of a month.</summary>
internal sealed record MonthPath(string Month, string Path);
