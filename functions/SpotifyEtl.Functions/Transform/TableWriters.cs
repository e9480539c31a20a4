using System.Text;
using CsvHelper;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Transform;

/// <summary>Writes the rows of one raw file to its tables.</summary>
internal sealed class TableWriters(ILake lake, RawFileName file) : IAsyncDisposable
{
    private const int FewArtists = 16;

    private readonly TableWriter _album = new(lake, Table.Album, file.Stem);
    private readonly TableWriter _artist = new(lake, Table.Artist, file.Stem);
    private readonly TableWriter _song = new(lake, Table.Song, file.Stem);
    private readonly TableWriter _playlist = new(lake, Table.Playlist, file.Stem);
    private readonly TableWriter _songArtist = new(lake, Table.SongArtist, file.Stem);
    private readonly TableWriter _rejected = new(lake, Table.Rejected, file.Stem);
    private readonly IdSet _albums = new();
    private readonly IdSet _artists = new();
    private readonly IdSet _songs = new();
    private readonly SortedDictionary<RejectReason, long> _rejects = [];

    /// <summary>The rows seen so far, rejected ones included.</summary>
    public long Items { get; private set; }

    /// <summary>The rows rejected so far, by reason.</summary>
    public IReadOnlyDictionary<RejectReason, long> Rejects => _rejects;

    private IReadOnlyList<(Table Table, TableWriter Writer)> All =>
    [
        (Table.Album, _album), (Table.Artist, _artist), (Table.Song, _song), (Table.Playlist, _playlist), (Table.SongArtist, _songArtist),
        (Table.Rejected, _rejected),
    ];

    /// <summary>Adds a playlist's next row to the tables.</summary>
    public async ValueTask AddAsync(PlaylistRow row, DocumentHead head, CancellationToken cancellationToken)
    {
        Items++;
        var track = row.Track;
        var reason = row.Judge(track);
        if (track is null || reason != RejectReason.None)
        {
            _rejects[reason] = _rejects.GetValueOrDefault(reason) + 1;
            await AddRejectedAsync(row, track, reason, cancellationToken);
            return;
        }

        await AddToPlaylistAsync(row, track, head, cancellationToken);
        if (_songs.Add(row.Bytes(track.Id)))
        {
            await AddSongAsync(row, track, head, cancellationToken);
            await AddSongArtistsAsync(row, track, head, cancellationToken);
        }

        if (_albums.Add(row.Bytes(track.Album.Id)))
        {
            await AddAlbumAsync(row, track.Album, head, cancellationToken);
        }

        await AddArtistsAsync(row, track.Artists, head, cancellationToken);
        await AddArtistsAsync(row, track.Album.Artists, head, cancellationToken);
    }

    /// <summary>Makes all tables visible and says what they hold.</summary>
    public async Task<Transformed> CommitAsync(string rawSha256, DocumentHead head, CancellationToken cancellationToken)
    {
        List<WrittenTable> written = [];
        foreach (var (_, writer) in All)
        {
            if (await writer.CommitAsync(cancellationToken) is { } table)
            {
                written.Add(table);
            }
        }

        return new Transformed(rawSha256)
        {
            Stem = file.Stem,
            PlaylistId = Encoding.UTF8.GetString(head.PlaylistId),
            SnapshotId = Encoding.UTF8.GetString(head.SnapshotId),
            Items = Items,
            Rows = All.ToDictionary(entry => entry.Table.Name, entry => entry.Writer.Rows, StringComparer.Ordinal),
            Rejected = _rejects.ToDictionary(entry => entry.Key.Code(), entry => entry.Value, StringComparer.Ordinal),
            Tables = written,
        };
    }

    /// <summary>Deletes the tables that an earlier transform of the file may have left.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        foreach (var (_, writer) in All)
        {
            await writer.DeleteAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, writer) in All)
        {
            await writer.DisposeAsync();
        }
    }

    private async ValueTask AddRejectedAsync(PlaylistRow row, TrackFields? track, RejectReason reason, CancellationToken cancellationToken)
    {
        var csv = await _rejected.BeginRowAsync(cancellationToken);
        csv.WriteField(file.Name);
        csv.WriteField(Items - 1);
        csv.WriteField(reason.Code());
        csv.WriteField(row.Bytes(row.Describe(track)));
        await _rejected.EndRowAsync(cancellationToken);
    }

    private async ValueTask AddToPlaylistAsync(PlaylistRow row, TrackFields track, DocumentHead head, CancellationToken cancellationToken)
    {
        var csv = await _playlist.BeginRowAsync(cancellationToken);
        csv.WriteField(head.PlaylistId.AsSpan());
        csv.WriteField(head.SnapshotId.AsSpan());
        csv.WriteField(head.ExtractedAt.AsSpan());
        csv.WriteField(Items);
        csv.WriteField(row.Bytes(track.Id));
        WriteAddedAt(csv, row);
        await _playlist.EndRowAsync(cancellationToken);
    }

    private async ValueTask AddSongAsync(PlaylistRow row, TrackFields track, DocumentHead head, CancellationToken cancellationToken)
    {
        var csv = await _song.BeginRowAsync(cancellationToken);
        csv.WriteField(row.Bytes(track.Id));
        csv.WriteField(row.Bytes(track.Name));
        csv.WriteField(row.Bytes(track.DurationMs));
        csv.WriteField(row.Bytes(track.Url));
        csv.WriteField(row.Bytes(track.Popularity));
        WriteAddedAt(csv, row);
        csv.WriteField(row.Bytes(track.Album.Id));
        csv.WriteField(row.Bytes(track.Artists.Find(artist => !artist.Id.IsEmpty).Id));
        csv.WriteField(row.Bytes(track.Explicit));
        csv.WriteField(row.Bytes(track.Isrc));
        csv.WriteField(head.ExtractedAt.AsSpan());
        await _song.EndRowAsync(cancellationToken);
    }

    private async ValueTask AddSongArtistsAsync(PlaylistRow row, TrackFields track, DocumentHead head, CancellationToken cancellationToken)
    {
        var seen = track.Artists.Count > FewArtists ? new IdSet() : null;
        var position = 0;
        for (var i = 0; i < track.Artists.Count; i++)
        {
            var id = track.Artists[i].Id;
            if (id.IsEmpty)
            {
                continue;
            }

            position++;
            if (seen is null ? IsRepeated(row, track.Artists, i) : !seen.Add(row.Bytes(id)))
            {
                continue;
            }

            var csv = await _songArtist.BeginRowAsync(cancellationToken);
            csv.WriteField(row.Bytes(track.Id));
            csv.WriteField(row.Bytes(id));
            csv.WriteField(position);
            csv.WriteField(head.ExtractedAt.AsSpan());
            await _songArtist.EndRowAsync(cancellationToken);
        }
    }

    private async ValueTask AddAlbumAsync(PlaylistRow row, AlbumFields album, DocumentHead head, CancellationToken cancellationToken)
    {
        var csv = await _album.BeginRowAsync(cancellationToken);
        csv.WriteField(row.Bytes(album.Id));
        csv.WriteField(row.Bytes(album.Name));
        WriteReleaseDate(csv, row.Bytes(album.ReleaseDate));
        csv.WriteField(row.Bytes(album.TotalTracks));
        csv.WriteField(row.Bytes(album.Url));
        csv.WriteField(row.Bytes(album.ReleaseDatePrecision));
        csv.WriteField(row.Bytes(album.Type));
        csv.WriteField(head.ExtractedAt.AsSpan());
        await _album.EndRowAsync(cancellationToken);
    }

    private async ValueTask AddArtistsAsync(PlaylistRow row, List<ArtistFields> artists, DocumentHead head, CancellationToken cancellationToken)
    {
        foreach (var artist in artists)
        {
            if (artist.Id.IsEmpty || !_artists.Add(row.Bytes(artist.Id)))
            {
                continue;
            }

            var csv = await _artist.BeginRowAsync(cancellationToken);
            csv.WriteField(row.Bytes(artist.Id));
            csv.WriteField(row.Bytes(artist.Name));
            csv.WriteField(row.Bytes(artist.Url));
            csv.WriteField(head.ExtractedAt.AsSpan());
            await _artist.EndRowAsync(cancellationToken);
        }
    }

    private static bool IsRepeated(PlaylistRow row, List<ArtistFields> artists, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (row.Bytes(artists[i].Id).SequenceEqual(row.Bytes(artists[index].Id)))
            {
                return true;
            }
        }

        return false;
    }

    private static void WriteAddedAt(CsvWriter csv, PlaylistRow row)
    {
        Span<byte> time = stackalloc byte[UtcTime.AddedAtLength];
        csv.WriteField((ReadOnlySpan<byte>)time[..UtcTime.WriteAddedAt(row.Bytes(row.AddedAt), time)]);
    }

    private static void WriteReleaseDate(CsvWriter csv, ReadOnlySpan<byte> text)
    {
        Span<byte> date = stackalloc byte[ReleaseDate.Length];
        csv.WriteField((ReadOnlySpan<byte>)date[..ReleaseDate.Write(text, date)]);
    }
}
