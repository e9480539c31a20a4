namespace SpotifyEtl.Local.Report;

/// <summary>The answers on what was played.</summary>
/// <param name="PlaysPerDay">Of the last days.</param>
/// <param name="TopSongsPlayed">The songs that were played most.</param>
/// <param name="TopArtistsPlayed">The artists that were played most.</param>
/// <param name="ListeningHours">The hours of the day.</param>
public sealed record ListeningAnswers(QueryAnswer PlaysPerDay, QueryAnswer TopSongsPlayed, QueryAnswer TopArtistsPlayed, QueryAnswer ListeningHours)
{
    public IReadOnlyList<QueryAnswer> All => [PlaysPerDay, TopSongsPlayed, TopArtistsPlayed, ListeningHours];
}
