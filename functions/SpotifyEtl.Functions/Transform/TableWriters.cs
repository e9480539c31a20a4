using System.Text;
using CsvHelper;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Transform;

/// <summary>Writes the rows of one raw file to its tables.</summary>
internal sealed class TableWriters : IAsyncDisposable
{
    private readonly RawFileName _file;
    private readonly TableWriter _album;
    private readonly TableWriter _artist;
    private readonly TableWriter _song;
    private readonly TableWriter _playlist;
    private readonly TableWriter _songArtist;
    private readonly TableWriter _rejected;
    private readonly TableWriter[] _writers;
    private readonly IdSet _albums = new();
    private readonly IdSet _artists = new();
    private readonly IdSet _songs = new();
    private readonly SortedDictionary<RejectReason, long> _rejects = [];

    public TableWriters(ILake lake, RawFileName file)
    {
        _file = file;
        _writers = [.. Table.All.Select(table => new TableWriter(lake, table, file.Stem))];
        _album = Of(Table.Album);
        _artist = Of(Table.Artist);
        _song = Of(Table.Song);
        _playlist = Of(Table.Playlist);
        _songArtist = Of(Table.SongArtist);
        _rejected = Of(Table.Rejected);

        TableWriter Of(Table table) => Array.Find(_writers, writer => writer.Table == table)!;
    }

    /// <summary>The rows seen so far, rejected ones included.</summary>
    public long Items { get; private set; }

    /// <summary>The rows rejected so far, by reason.</summary>
    public IReadOnlyDictionary<RejectReason, long> Rejects => _rejects;

    /// <summary>Adds a playlist's next row to the tables.</summary>
    public async ValueTask AddAsync(PlaylistRow row, DocumentHead head, CancellationToken cancellationToken)
    {
        Items++;
        var track = row.Track;
        var reason = row.Judge(track);
        if (track is null || reason != RejectReason.None)
        {
            _rejects[reason] = _rejects.GetValueOrDefault(reason) + 1;
            AddRejected(row, track, reason);
        }
        else
        {
            AddToPlaylist(row, track, head);
            if (_songs.Add(row.Bytes(track.Id)))
            {
                AddSong(row, track, head);
                await AddSongArtistsAsync(row, track, head, cancellationToken);
            }

            if (_albums.Add(row.Bytes(track.Album.Id)))
            {
                AddAlbum(row, track.Album, head);
            }

            AddArtists(row, track.Artists, head);
            AddArtists(row, track.Album.Artists, head);
        }

        foreach (var writer in _writers)
        {
            if (writer.IsPartFull)
            {
                await writer.WritePartAsync(cancellationToken);
            }
        }
    }

    /// <summary>Makes all tables visible and says what they hold.</summary>
    public async Task<Transformed> CommitAsync(string rawSha256, DocumentHead head, CancellationToken cancellationToken)
    {
        foreach (var writer in _writers)
        {
            await writer.FinishAsync(cancellationToken);
        }

        List<WrittenTable> written = [];
        foreach (var writer in _writers)
        {
            if (await writer.CommitAsync(cancellationToken) is { } table)
            {
                written.Add(table);
            }
        }

        return new Transformed(rawSha256)
        {
            Stem = _file.Stem,
            PlaylistId = Encoding.UTF8.GetString(head.PlaylistId),
            SnapshotId = Encoding.UTF8.GetString(head.SnapshotId),
            Items = Items,
            Rows = _writers.ToDictionary(writer => writer.Table.Name, writer => writer.Rows, StringComparer.Ordinal),
            Rejected = _rejects.ToDictionary(entry => entry.Key.Code(), entry => entry.Value, StringComparer.Ordinal),
            Tables = written,
        };
    }

    /// <summary>Deletes the tables that an earlier transform of the file may have left.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        foreach (var writer in _writers)
        {
            await writer.DeleteAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers)
        {
            await writer.DisposeAsync();
        }
    }

    private void AddRejected(PlaylistRow row, TrackFields? track, RejectReason reason)
    {
        var csv = _rejected.BeginRow();
        csv.WriteField(_file.Name);
        csv.WriteField(Items - 1);
        csv.WriteField(reason.Code());
        csv.WriteField(row.Bytes(row.Describe(track)));
        _rejected.EndRow();
    }

    private void AddToPlaylist(PlaylistRow row, TrackFields track, DocumentHead head)
    {
        var csv = _playlist.BeginRow();
        csv.WriteField(head.PlaylistId.AsSpan());
        csv.WriteField(head.SnapshotId.AsSpan());
        csv.WriteField(head.ExtractedAt.AsSpan());
        csv.WriteField(Items);
        csv.WriteField(row.Bytes(track.Id));
        WriteAddedAt(csv, row);
        _playlist.EndRow();
    }

    private void AddSong(PlaylistRow row, TrackFields track, DocumentHead head)
    {
        var csv = _song.BeginRow();
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
        _song.EndRow();
    }

    private async ValueTask AddSongArtistsAsync(PlaylistRow row, TrackFields track, DocumentHead head, CancellationToken cancellationToken)
    {
        var position = 0;
        foreach (var artist in track.Artists)
        {
            if (artist.Id.IsEmpty)
            {
                continue;
            }

            var csv = _songArtist.BeginRow();
            csv.WriteField(row.Bytes(track.Id));
            csv.WriteField(row.Bytes(artist.Id));
            csv.WriteField(++position);
            csv.WriteField(head.ExtractedAt.AsSpan());
            _songArtist.EndRow();
            if (_songArtist.IsPartFull)
            {
                await _songArtist.WritePartAsync(cancellationToken);
            }
        }
    }

    private void AddAlbum(PlaylistRow row, AlbumFields album, DocumentHead head)
    {
        var csv = _album.BeginRow();
        csv.WriteField(row.Bytes(album.Id));
        csv.WriteField(row.Bytes(album.Name));
        WriteReleaseDate(csv, row.Bytes(album.ReleaseDate));
        csv.WriteField(row.Bytes(album.TotalTracks));
        csv.WriteField(row.Bytes(album.Url));
        csv.WriteField(row.Bytes(album.ReleaseDatePrecision));
        csv.WriteField(row.Bytes(album.Type));
        csv.WriteField(head.ExtractedAt.AsSpan());
        _album.EndRow();
    }

    private void AddArtists(PlaylistRow row, List<ArtistFields> artists, DocumentHead head)
    {
        foreach (var artist in artists)
        {
            if (artist.Id.IsEmpty || !_artists.Add(row.Bytes(artist.Id)))
            {
                continue;
            }

            var csv = _artist.BeginRow();
            csv.WriteField(row.Bytes(artist.Id));
            csv.WriteField(row.Bytes(artist.Name));
            csv.WriteField(row.Bytes(artist.Url));
            csv.WriteField(head.ExtractedAt.AsSpan());
            _artist.EndRow();
        }
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
