using System.Reflection;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Items;
using SpotifyEtl.Transform.Playlists;

namespace SpotifyEtl.Transform.Tables;

/// <summary>
/// A table of the lake: its name, its columns in order, and the rule that fills each. Every file of this folder named for a table defines it, and
/// all else that knows tables follows: their writers and counts, crawlers, catalog, views and docs.
/// </summary>
public abstract partial class Table
{
    /// <summary>The column that every table has: the name of the raw file that a row came from.</summary>
    public const string RawFileColumn = "raw_file";

    /// <param name="name">The table's name, such as song.</param>
    /// <param name="typedName">The name of its typed table, such as songs.</param>
    /// <param name="place">Where it stands among the tables, as results show them.</param>
    /// <param name="columns">Its columns, in order.</param>
    private protected Table(string name, string typedName, int place, IReadOnlyList<TableColumn> columns)
    {
        Name = name;
        TypedName = typedName;
        Place = place;
        TypedColumns = columns;
        Columns = [.. columns.Select(column => column.Name)];
    }

    /// <summary>The tables that a crawler looks after.</summary>
    public static IReadOnlyList<Table> Crawled => field ??= [.. All.Where(table => table.IsCrawled)];

    /// <summary>All tables, in the order in which results are shown.</summary>
    public static IReadOnlyList<Table> All => field ??=
    [
        .. typeof(Table).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType == typeof(Table))
            .Select(property => (Table)property.GetValue(null)!)
            .OrderBy(table => table.Place),
    ];

    public string Name { get; }

    /// <summary>The name by which Glue, Athena and DuckDB know the typed table: that of its folder.</summary>
    public string TypedName { get; }

    /// <summary>The columns, in order, with what their cells are in the typed table.</summary>
    public IReadOnlyList<TableColumn> TypedColumns { get; }

    /// <summary>The names of the columns, in order. Columns are only ever added, at the end.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The name by which Glue, Athena and DuckDB know the table: that of its folder.</summary>
    public string CatalogName => Name + "_data";

    /// <summary>The key prefix of its objects.</summary>
    public string Prefix => $"{LakeKeys.Transformed}{CatalogName}/";

    /// <summary>The key prefix of the typed table, which has a folder for each month.</summary>
    public string TypedPrefix => $"{LakeKeys.Analytics}{TypedName}/";

    /// <summary>Whether a crawler looks after it: so it is with the tutorial's tables and those of its time.</summary>
    public virtual bool IsCrawled => true;

    /// <summary>The column whose month decides where in the typed table a row stands; rows of tables without it stand in their file's first month.</summary>
    public virtual string MonthColumn => "extracted_at";

    /// <summary>Whether its rows tell their month.</summary>
    public bool TellsMonth => Columns.Contains(MonthColumn, StringComparer.Ordinal);

    /// <summary>The column that names what a row is about, where later files have newer rows of the same; null: rows are not of that kind.</summary>
    public virtual string? IdColumn => null;

    private int Place { get; }

    /// <summary>The key of the object that holds the rows of one raw file.</summary>
    public string KeyFor(string stem) => $"{Prefix}{Name}_transformed_{stem}.csv";

    /// <summary>The key of the object that holds the typed rows of one month, such as <c>2026-11</c>.</summary>
    public string TypedKeyFor(string month) => $"{TypedPrefixFor(month)}{TypedName}-{month}.parquet";

    /// <summary>The key prefix of one month's typed rows.</summary>
    public string TypedPrefixFor(string month) => $"{TypedPrefix}month={month}/";

    /// <summary>The stem of the raw file that an object of this table came from, or null when the key is not one of ours.</summary>
    public string? StemOf(string key)
    {
        var start = $"{Prefix}{Name}_transformed_";
        return key.StartsWith(start, StringComparison.Ordinal) && key.EndsWith(".csv", StringComparison.Ordinal) ? key[start.Length..^4] : null;
    }

    public override string ToString() => Name;

    /// <summary>Writes the rows that a playlist's item gives this table: none, one or several.</summary>
    internal virtual void Add(RawItem item, TableWriter writer)
    {
    }

    /// <summary>Writes the rows that a playlist gives this table once all of its items have been read.</summary>
    internal virtual void Add(PlaylistSnapshot snapshot, TableWriter writer)
    {
    }
}

/// <summary>A table whose cells are read from a <typeparamref name="TRow"/>.</summary>
internal abstract class Table<TRow>(string name, string typedName, int place, Column<TRow>[] columns)
    : Table(name, typedName, place, [.. columns.Select(column => column.Definition)])
{
    protected void Write(TRow row, TableWriter writer)
    {
        var csv = writer.BeginRow();
        var mistyped = 0;
        foreach (var column in columns)
        {
            mistyped += column.Write(row, csv) ? 0 : 1;
        }

        writer.EndRow(mistyped);
    }
}
