namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>Of each id what was extracted last; what tells no time comes after, and of several the file whose name comes first.</summary>
internal sealed class NewestRecords(RawPlaylists raw)
{
    public Dictionary<string, RawSong> Songs { get; } = Of(raw.Songs);

    public Dictionary<string, RawAlbum> Albums { get; } = Of(raw.Albums);

    public Dictionary<string, RawArtist> Artists { get; } = Of(raw.Artists);

    public static Dictionary<string, T> Of<T>(IEnumerable<T> records)
        where T : RawRecord => records.GroupBy(record => record.Id).ToDictionary(
            of => of.Key,
            of => of.OrderByDescending(record => record.ExtractedAt).ThenBy(record => record.RawFile, TextOrder.Instance).First(),
            StringComparer.Ordinal);
}
