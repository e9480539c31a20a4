namespace SpotifyEtl.Local.Report;

/// <summary>The answer to totals: how many there are of what, as the query gives it.</summary>
public sealed record LakeTotals(string Playlists, string Songs, string Artists, string Albums)
{
    public static LakeTotals Of(QueryRow row) => new(row.Text("playlists"), row.Text("songs"), row.Text("artists"), row.Text("albums"));
}
