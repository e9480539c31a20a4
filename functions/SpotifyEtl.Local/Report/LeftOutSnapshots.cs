namespace SpotifyEtl.Local.Report;

/// <summary>How many snapshots take no part where snapshots are compared, by what stands in the way.</summary>
/// <param name="Answer">The query, and why it was refused if it was; without rows.</param>
/// <param name="Reasons">The reasons that there are, and how many snapshots have each.</param>
public sealed record LeftOutSnapshots(QueryAnswer Answer, IReadOnlyDictionary<string, int> Reasons)
{
    public string Text
    {
        get
        {
            var count = Reasons.Values.Sum();
            return $"{(count == 1 ? "1 snapshot takes" : $"{count} snapshots take")} no part in moves and growth, as nothing tells a place in the order or "
                + $"rows are missing: {string.Join(", ", Reasons.Select(reason => $"{reason.Value} {reason.Key}"))}.";
        }
    }
}
