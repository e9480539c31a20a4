using SpotifyEtl.Transform.Items;
using SpotifyEtl.Transform.Plays;

namespace SpotifyEtl.Transform.Tables;

public partial class Table
{
    /// <summary>What was played when: a row of a raw file each; in the typed table a play is one row, however many files tell of it.</summary>
    public static Table Play { get; } = new PlayTable();
}

internal sealed class PlayTable() : Table<RawItem>("play", "plays", place: 7,
[
    new("played_at", ColumnType.Timestamp, item => item.Play!.PlayedAt),
    new("song_id", item => item.Play!.SongId),
    new("song_name", item => item.Play!.Name),
    new("artist_name", item => item.Play!.ArtistName),
    new("album_name", item => item.Play!.AlbumName),
    new("ms_played", ColumnType.WholeNumber, item => item.Number(item.Play!.MsPlayed)),
    new("context_uri", item => item.Text(item.Play!.ContextUri)),
    new(SourceColumn, item => item.Play!.Source.Text()),
    new("extracted_at", ColumnType.Timestamp, item => item.Head.ExtractedAt),
    new("raw_file", item => item.RawFile),
    new("kind", item => item.Play!.Kind.Text()),
    new("uri", item => item.Play!.Uri),
    new("incognito", ColumnType.Boolean, item => item.Text(item.Play!.Incognito)),
])
{
    public const string SourceColumn = "source";

    public override bool IsCrawled => false;

    public override string MonthColumn => "played_at";

    internal override void Add(RawItem item, TableWriter writer)
    {
        if (item is { IsLoaded: true, Play: { } play })
        {
            writer.EnterMonth(play.Time);
            Write(item, writer);
        }
    }
}
