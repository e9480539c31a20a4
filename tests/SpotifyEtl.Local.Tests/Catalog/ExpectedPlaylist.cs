namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>A playlist's snapshots, and what is known of their order.</summary>
internal sealed class ExpectedPlaylist
{
    public ExpectedPlaylist(IGrouping<string, RawSnapshot> snapshots, List<RawEntry> entries)
    {
        Key = snapshots.Key;
        Name = snapshots.Where(snapshot => snapshot.Name is not null)
            .OrderByDescending(snapshot => snapshot.TakenAt)
            .ThenBy(snapshot => snapshot.RawFile, TextOrder.Instance)
            .FirstOrDefault()?.Name;
        All =
        [
            .. snapshots.GroupBy(snapshot => (snapshot.Snapshot, snapshot.ExtractedAt))
                .Select(same => new ExpectedSnapshot([.. same], entries.FindAll(entry => same.Contains(entry.Snapshot)))),
        ];
        foreach (var snapshot in All.Where(snapshot => PartOf(snapshot) == "yes").OrderBy(snapshot => snapshot.TakenAt))
        {
            if (Ordered.Count == 0 || Ordered[^1].Key != snapshot.Key)
            {
                Ordered.Add(snapshot);
            }
        }
    }

    public string Key { get; }

    public string? Name { get; }

    public List<ExpectedSnapshot> All { get; }

    /// <summary>Those that can be compared, oldest first; one that was extracted again unchanged is there once.</summary>
    public List<ExpectedSnapshot> Ordered { get; } = [];

    /// <summary>What the order rests on: the weaker of what tells it.</summary>
    public string? OrderedBy => All.Where(snapshot => PartOf(snapshot) == "yes").Select(snapshot => snapshot.TakenFrom).Min(TextOrder.Instance);

    public int LeftOut => All.Count(snapshot => PartOf(snapshot) != "yes");

    /// <summary>Whether a snapshot can be compared with others, or why not.</summary>
    public string PartOf(ExpectedSnapshot snapshot)
    {
        var others = All.FindAll(other => other != snapshot && other.IsComplete);
        return snapshot switch
        {
            { IsComplete: false } => "incomplete",
            _ when others is [] => "yes",
            { TakenAt: null } => "no time",
            _ when others.Exists(other => other.TakenAt == snapshot.TakenAt) => "tie",
            { ExtractedAt: not null } => "yes",
            _ when others.Exists(other => other.TakenAt < snapshot.TakenAt && other.NewestAdded >= snapshot.NewestAdded) => "no order",
            _ when others.Exists(other => other.TakenAt > snapshot.TakenAt && other.NewestAdded <= snapshot.NewestAdded) => "no order",
            _ => "yes",
        };
    }
}

/// <summary>One of a playlist's snapshots, from however many raw files that have it.</summary>
internal sealed class ExpectedSnapshot(List<RawSnapshot> files, List<RawEntry> entries)
{
    public string Key => files[0].Snapshot;

    public string? SnapshotId => files[0].SnapshotId;

    public DateTime? ExtractedAt => files[0].ExtractedAt;

    /// <summary>The newest time of its rows; where that of the extraction is known, rows that were rejected do not tell.</summary>
    public DateTime? NewestAdded { get; } =
        files[0].ExtractedAt is null ? files.Max(file => file.NewestAdded) : entries.Max(entry => entry.AddedAt);

    public DateTime? TakenAt => ExtractedAt ?? NewestAdded;

    public string? TakenFrom => ExtractedAt is not null ? "extracted_at" : NewestAdded is not null ? "added_at" : null;

    public bool IsComplete { get; } = files.Exists(file => file.IsComplete);

    /// <summary>Where each entry stands; one that stands twice, where it is higher.</summary>
    public Dictionary<string, ExpectedPlace> Places { get; } = entries.GroupBy(entry => entry.EntryId).ToDictionary(
        entry => entry.Key,
        entry => new ExpectedPlace(entry.MinBy(place => place.Position)!.SongId, entry.Min(place => place.Position)),
        StringComparer.Ordinal);
}

/// <summary>The song that stands for an entry and its place.</summary>
internal sealed record ExpectedPlace(string SongId, int Best);
