using SpotifyEtl.Transform.Items;

namespace SpotifyEtl.Transform.Documents;

/// <summary>Knows what else Spotify gives, so that a file of it can be called what it is.</summary>
internal static class Foreign
{
    private static readonly FieldName[] s_searched =
        [FieldName.Albums, FieldName.Artists, FieldName.Playlists, FieldName.Shows, FieldName.Episodes, FieldName.Audiobooks];

    /// <summary>What a document is in words; null: nothing known, or what the transform reads.</summary>
    public static string? Of(SurveyedDocument document)
    {
        var outline = document.Outline;
        if (!document.HasRows)
        {
            return outline.HasObject(FieldName.Error) || outline.Has(FieldName.ErrorDescription) ? document.Error : OfObject(outline);
        }

        if (document.IsSearch || s_searched.Any(outline.HasObject))
        {
            return "a search result";
        }

        if (s_searched.Any(outline.HasArray) && outline.HasArray(FieldName.Tracks))
        {
            return "a library from Spotify's account data export";
        }

        return outline.Type is "" or "playlist" or "track" ? null : OfObject(outline);
    }

    /// <summary>What a list of rows none of which has a track is a list of, by the first one; null: nothing known.</summary>
    public static string? OfRejectedRows(ObjectOutline row) => row switch
    {
        { HasRowKey: true } when row.Has(FieldName.Track) || row.Has(FieldName.Item) => null,
        { HasRowKey: true } when row.HasObject(FieldName.Album) => "a list of saved albums",
        { HasRowKey: true } when row.HasObject(FieldName.Show) => "a list of saved shows",
        { HasRowKey: true } when row.HasObject(FieldName.Episode) => "a list of saved episodes",
        { HasRowKey: false, Type: "album" or "artist" or "playlist" or "show" or "audiobook" or "chapter" or "user" } => $"a list of {row.Type}s",
        _ => null,
    };

    private static string? OfObject(ObjectOutline outline) => outline.Type switch
    {
        "playlist" => "a playlist without its rows",
        "album" or "artist" or "episode" or "audiobook" => $"an {outline.Type}",
        "show" or "chapter" or "user" => $"a {outline.Type}",
        _ when outline.IsPlayer => "a state of the player",
        _ when outline.HasArray(FieldName.Playlists) => "a file of playlists from Spotify's account data export",
        _ when outline.HasArray(FieldName.AudioFeatures) => "a list of audio features",
        _ => s_searched.Where(outline.Has).Select(member => $"a list of {member.ToString().ToLowerInvariant()}").FirstOrDefault(),
    };
}
