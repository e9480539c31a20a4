using SpotifyEtl.Transform.Items;

namespace SpotifyEtl.Transform.Tables;

public partial class Table
{
    /// <summary>The items of raw files that could not be loaded, and why.</summary>
    public static Table Rejected { get; } = new RejectedTable();
}

internal sealed class RejectedTable() : Table<RawItem>("rejected", "rejects", place: 100,
[
    new("raw_file", item => item.RawFile),
    new("item_index", item => item.Index),
    new("reason", item => item.ReasonCode),
    new("detail", item => item.Detail),
])
{
    internal override void Add(RawItem item, TableWriter writer)
    {
        if (!item.IsLoaded)
        {
            Write(item, writer);
        }
    }
}
