using SpotifyEtl.Transform.Plays;

namespace SpotifyEtl.Analytics;

/// <summary>The columns of rows of plays by which these are told apart.</summary>
internal sealed class PlayColumns(MonthRows rows)
{
    private const long MicrosecondsPerSecond = 1_000_000;

    private readonly ValueBuffer<long> _playedAt = (ValueBuffer<long>)rows.Column("played_at");
    private readonly ValueBuffer<int> _msPlayed = (ValueBuffer<int>)rows.Column("ms_played");
    private readonly TextBuffer _songId = (TextBuffer)rows.Column("song_id");
    private readonly TextBuffer _uri = (TextBuffer)rows.Column("uri");
    private readonly TextBuffer _artistName = (TextBuffer)rows.Column("artist_name");
    private readonly TextBuffer _songName = (TextBuffer)rows.Column("song_name");
    private readonly TextBuffer _source = (TextBuffer)rows.Column("source");

    public MonthRows Rows => rows;

    /// <summary>By what a play is known. To be asked for one row after another.</summary>
    public PlayKeys KeysOf(int row)
    {
        var id = _songId.TextOf(row);
        return PlayKeys.Of(
            PlaySourceTexts.Parse(_source.TextOf(row)) ?? PlaySource.RecentlyPlayed,
            (_playedAt.ValueOf(row) ?? 0) / MicrosecondsPerSecond,
            id.IsEmpty ? _uri.TextOf(row) : id,
            _artistName.TextOf(row),
            _songName.TextOf(row),
            _msPlayed.ValueOf(row));
    }
}
