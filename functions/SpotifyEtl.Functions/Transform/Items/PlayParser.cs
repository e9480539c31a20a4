using System.Text.Json;

namespace SpotifyEtl.Transform.Items;

/// <summary>Reads the members of a row that are of a play, for <see cref="RowParser"/>; any other is passed over.</summary>
internal static class PlayParser
{
    public static bool TryRead(ref Utf8JsonReader reader, RawRow row, FieldName name)
    {
        var play = row.Play;
        return name switch
        {
            FieldName.PlayedAt => Member.TryReadValue(ref reader, row, out play.PlayedAt),
            FieldName.Timestamp => Member.TryReadValue(ref reader, row, out play.Timestamp),
            FieldName.EndTime => Member.TryReadValue(ref reader, row, out play.EndTime),
            FieldName.MsPlayed or FieldName.ExtendedMsPlayed => Member.TryReadValue(ref reader, row, out play.MsPlayed),
            FieldName.PlayedTrackName => Member.TryReadValue(ref reader, row, out play.TrackName),
            FieldName.PlayedArtistName => Member.TryReadValue(ref reader, row, out play.ArtistName),
            FieldName.PlayedAlbumName => Member.TryReadValue(ref reader, row, out play.AlbumName),
            FieldName.PlayedTrackUri => Member.TryReadValue(ref reader, row, out play.TrackUri),
            FieldName.PlayedEpisodeName => Member.TryReadValue(ref reader, row, out play.EpisodeName),
            FieldName.PlayedShowName => Member.TryReadValue(ref reader, row, out play.ShowName),
            FieldName.PlayedEpisodeUri => Member.TryReadValue(ref reader, row, out play.EpisodeUri),
            FieldName.PlayedChapterTitle => Member.TryReadValue(ref reader, row, out play.ChapterTitle),
            FieldName.PlayedBookTitle => Member.TryReadValue(ref reader, row, out play.BookTitle),
            FieldName.PlayedChapterUri => Member.TryReadValue(ref reader, row, out play.ChapterUri),
            FieldName.Context => Member.TryReadMember(ref reader, row, FieldName.Uri, out play.ContextUri),
            FieldName.IncognitoMode => Member.TryReadValue(ref reader, row, out play.Incognito),
            _ => Member.TrySkip(ref reader, row),
        };
    }
}
