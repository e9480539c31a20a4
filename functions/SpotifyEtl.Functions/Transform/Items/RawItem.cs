using SpotifyEtl.Transform.Documents;
using SpotifyEtl.Transform.Json;
using SpotifyEtl.Transform.Playlists;
using SpotifyEtl.Transform.Plays;

namespace SpotifyEtl.Transform.Items;

/// <summary>
/// An item of a playlist, or a play, as the tables see it: its row, what is new in it to the file, and why it is not loaded if it is not. One object serves
/// for all items of a file; what it gives holds until the next one.
/// </summary>
internal sealed class RawItem
{
    private readonly byte[] _rawFile;
    private readonly byte[] _addedAt = new byte[UtcTime.AddedAtLength];
    private readonly byte[] _releaseDate = new byte[Items.ReleaseDate.Length];
    private readonly byte[] _wholeNumber = new byte[WholeNumber.MaxLength];
    private readonly IdSet _songs = new();
    private readonly IdSet _albums = new();
    private readonly IdSet _artists = new();
    private int? _addedAtLength;
    private readonly Play _play;
    private PlaylistSnapshot? _snapshot;
    private DocumentHead? _head;
    private TrackFields? _track;

    /// <param name="rawFile">The name of the file.</param>
    public RawItem(byte[] rawFile)
    {
        _rawFile = rawFile;
        _play = new Play(Row);
    }

    /// <summary>The playlist that the item is of, if it is of one.</summary>
    public PlaylistSnapshot Snapshot => _snapshot!;

    /// <summary>The play, if the item is one.</summary>
    public Play? Play { get; private set; }

    /// <summary>What the rows of all items of the playlist, or of the document of plays, share.</summary>
    public DocumentHead Head => _head!;

    /// <summary>The row that the item is read from.</summary>
    public RawRow Row { get; } = new();

    /// <summary>The item's number in the file, from 0.</summary>
    public long Index { get; private set; } = -1;

    public RejectReason Reason { get; private set; }

    public bool IsLoaded => Reason == RejectReason.None;

    /// <summary>The track of an item that is loaded.</summary>
    public TrackFields Track => _track!;

    /// <summary>Whether the item has something for the tables that those before it in the file had not.</summary>
    public bool HasNew => IsNewSong || IsNewAlbum || NewArtists.Count > 0;

    /// <summary>Whether the item is loaded and no earlier one had its song.</summary>
    public bool IsNewSong { get; private set; }

    /// <summary>Whether the item is loaded and no earlier one had its album.</summary>
    public bool IsNewAlbum { get; private set; }

    /// <summary>The artists of an item that is loaded, of its track and then of its album, that no earlier one had.</summary>
    public List<ArtistFields> NewArtists { get; } = [];

    /// <summary>The first of the track's artists that has an id.</summary>
    public Text FirstArtistId => Track.Artists.Find(artist => !artist.Id.IsEmpty).Id;

    public ReadOnlySpan<byte> RawFile => _rawFile;

    // Of two tables, so it is written once.
    public ReadOnlySpan<byte> AddedAt => _addedAt.AsSpan(0, _addedAtLength ??= UtcTime.WriteAddedAt(Text(Row.AddedAt), _addedAt));

    public ReadOnlySpan<byte> ReleaseDate => _releaseDate.AsSpan(0, Items.ReleaseDate.Write(Text(Track.Album.ReleaseDate), _releaseDate));

    public ReadOnlySpan<byte> ReasonCode => Reason.Utf8Code();

    /// <summary>What helps a person to find an item that is not loaded.</summary>
    public ReadOnlySpan<byte> Detail => Play is { } play ? play.Detail : Text(Row.Describe(_track));

    public ReadOnlySpan<byte> Text(Text text) => Row.Bytes(text);

    /// <summary>A number, written whole if it is so, however it came.</summary>
    public ReadOnlySpan<byte> Number(Text text)
    {
        var received = Row.Bytes(text);
        var length = WholeNumber.Write(received, _wholeNumber);
        return length > 0 ? _wholeNumber.AsSpan(0, length) : received;
    }

    /// <summary>Takes the row that was just read for the next item of a playlist.</summary>
    public void Take(PlaylistSnapshot snapshot)
    {
        Begin(snapshot.Head);
        _snapshot = snapshot;
        Play = null;
        snapshot.Take(Row);
        Reason = Row.Judge(_track);
        FindNew(isSong: IsLoaded);
    }

    /// <summary>Takes the row that was just read for the next play.</summary>
    public void TakePlay(DocumentHead head)
    {
        Begin(head);
        Play = _play;
        Reason = _play.Take(_track);
        FindNew(isSong: IsLoaded && Row.Judge(_track) is RejectReason.None);
    }

    private void Begin(DocumentHead head)
    {
        Index++;
        _head = head;
        _addedAtLength = null;
        _track = Row.Track;
    }

    private void FindNew(bool isSong)
    {
        IsNewSong = isSong && _songs.Add(Text(Track.Id));
        IsNewAlbum = isSong && _albums.Add(Text(Track.Album.Id));
        NewArtists.Clear();
        if (isSong)
        {
            FindNew(Track.Artists);
            FindNew(Track.Album.Artists);
        }
    }

    private void FindNew(List<ArtistFields> artists)
    {
        foreach (var artist in artists)
        {
            if (!artist.Id.IsEmpty && _artists.Add(Text(artist.Id)))
            {
                NewArtists.Add(artist);
            }
        }
    }
}
