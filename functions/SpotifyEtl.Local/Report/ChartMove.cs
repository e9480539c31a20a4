namespace SpotifyEtl.Local.Report;

/// <summary>A row of chart_moves: what has become of a song since the snapshot before.</summary>
/// <param name="PlaylistId">The playlist.</param>
/// <param name="Place">Its place now; null: it is gone.</param>
/// <param name="PlaceBefore">Its place in the snapshot before; null: it is new.</param>
/// <param name="Move">How it moved: new, up, same, down or gone.</param>
/// <param name="SongName">Its name; empty where no song has its id.</param>
/// <param name="ArtistName">Its first artist.</param>
public sealed record ChartMove(string PlaylistId, long? Place, long? PlaceBefore, string Move, string SongName, string ArtistName)
{
    /// <summary>What the order of the playlist's snapshots rests on: extracted_at or added_at; empty where there is but one without a time.</summary>
    public string OrderedBy { get; init; } = "";

    public const string New = "new";

    public const string Gone = "gone";

    /// <summary>How it moved, for people: <c>new</c>, <c>▲ 3</c>, <c>=</c>, <c>▼ 2</c> or <c>gone</c>.</summary>
    public string Step => (Move, PlaceBefore - Place) switch
    {
        ("up", { } step) => $"▲ {step}",
        ("down", { } step) => $"▼ {-step}",
        ("same", _) => "=",
        _ => Move,
    };

    public static ChartMove Of(QueryRow row) => new(
        row.Text("playlist_id"), row.Number("place"), row.Number("place_before"), row.Text("move"), row.Text("song_name"), row.Text("artist_name"))
    {
        OrderedBy = row.Text("ordered_by"),
    };
}
