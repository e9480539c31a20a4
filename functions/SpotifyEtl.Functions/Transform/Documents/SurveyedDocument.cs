using System.Text;
using System.Text.Json;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Items;

namespace SpotifyEtl.Transform.Documents;

/// <summary>
/// One JSON object that may be a page of rows or a playlist: sees its tokens and remembers where its rows begin and what it says of
/// itself. Of repeated keys the last one counts, but of arrays of rows there must not be two under one key.
/// </summary>
/// <param name="depth">The depth of the object's own braces in the file.</param>
internal sealed class SurveyedDocument(int depth)
{
    private readonly JsonPath _path = new(depth);
    private readonly PlaylistFields _self = new();
    private readonly PagingFields _page = new();
    private readonly RowArrays _items = new();
    private readonly RowArrays _tracks = new();
    private PlaylistFields _playlist = new();
    private byte[]? _extractedAt;
    private byte[]? _errorStatus;
    private byte[]? _errorMessage;
    private int _members;
    private bool _ownOrder = depth == 0;

    /// <summary>What members the document has.</summary>
    public ObjectOutline Outline { get; } = new();

    /// <summary>What members its first row has.</summary>
    public ObjectOutline FirstRow => (_items.Count > 0 ? _items : _tracks).FirstRow;

    /// <summary>Whether the document begins as our own files do: playlist, extracted_at, items.</summary>
    public bool IsOwn { get; private set; }

    /// <summary>Whether it has rows where pages and playlists have them, and is no row of a list itself.</summary>
    public bool HasRows => _items.Count + _tracks.Count > 0 && (depth == 0 || !Outline.HasRowKey);

    /// <summary>Whether its rows are what a search found.</summary>
    public bool IsSearch => _self.Tracks.Href.AsSpan().IndexOf("/v1/search"u8) >= 0 || _page.Href.AsSpan().IndexOf("/v1/search"u8) >= 0;

    /// <summary>Spotify's answer that something failed, in words.</summary>
    public string Error => $"Spotify's error {Encoding.UTF8.GetString(_errorStatus ?? [])} ({Encoding.UTF8.GetString(_errorMessage ?? [])})";

    /// <summary>Takes note of the token that the reader stands on.</summary>
    /// <param name="reader">Reads the file from <paramref name="windowOffset"/> on.</param>
    /// <param name="windowOffset">Where in the file the reader's bytes begin.</param>
    /// <returns>Whether the rows of a document that is our own begin here.</returns>
    public bool See(ref Utf8JsonReader reader, long windowOffset)
    {
        var wasOwn = IsOwn;
        if (_path.Follow(ref reader))
        {
            SeeValue(_path.Steps, ref reader, windowOffset);
        }

        return IsOwn && !wasOwn;
    }

    /// <summary>What our own file's head says; it stands before the rows.</summary>
    public DocumentHead OwnHead(RawFileName file) => DocumentHead.Of(file, _playlist, new PagingFields(), _extractedAt);

    /// <summary>Why its rows cannot be read: it is something else of Spotify's, or has more than one array of them under a key; null: they can.</summary>
    public DefectException? FindDefect() =>
        _items.Count > 1 || _tracks.Count > 1 ? Defects.DuplicateRows(_items.Count > 1 ? "items" : "tracks")
        : !IsOwn && Foreign.Of(this) is { } what ? Defects.Foreign(what)
        : null;

    /// <summary>Where its rows are and what it says of them.</summary>
    public DocumentRows Rows(RawFileName file)
    {
        if (_items is { Count: > 0, IsOwnValue: true })
        {
            return new DocumentRows(_items.First, DocumentHead.Of(file, _playlist, _page, _extractedAt), FirstRow.IsPlay);
        }

        return _items.Count > 0
            ? new DocumentRows(_items.First, DocumentHead.Of(file, _self, _self.Items, _extractedAt), FirstRow.IsPlay)
            : new DocumentRows(_tracks.First, DocumentHead.Of(file, _self, _self.Tracks, _extractedAt), FirstRow.IsPlay);
    }

    private void SeeValue(ReadOnlySpan<FieldName> path, ref Utf8JsonReader reader, long windowOffset)
    {
        switch (path)
        {
            case [var member]:
                SeeMember(member, ref reader, windowOffset);
                break;
            case [FieldName.Playlist, ..]:
                _playlist.See(path[1..], ref reader);
                return;
            case [FieldName.Items, FieldName.Items] when reader.TokenType == JsonTokenType.StartArray:
                _items.Add(RowsStart.At(ref reader, windowOffset), isOwnValue: false);
                break;
            case [FieldName.Tracks, FieldName.Items] when reader.TokenType == JsonTokenType.StartArray:
                _tracks.Add(RowsStart.At(ref reader, windowOffset), isOwnValue: false);
                break;
            case [FieldName.Items or FieldName.Tracks, FieldName.First, _] or [FieldName.Items or FieldName.Tracks, FieldName.Items, FieldName.First, _]:
                (path[0] == FieldName.Items ? _items : _tracks).FirstRow.See(path[^1], ref reader);
                return;
            case [FieldName.Error, FieldName.Status]:
                _errorStatus = HeadValue.Literal(ref reader);
                break;
            case [FieldName.Error, FieldName.Message]:
                _errorMessage = HeadValue.Text(ref reader);
                break;
        }

        _self.See(path, ref reader);
    }

    private void SeeMember(FieldName member, ref Utf8JsonReader reader, long windowOffset)
    {
        _ownOrder &= ++_members > 3 || member == (_members switch { 1 => FieldName.Playlist, 2 => FieldName.ExtractedAt, _ => FieldName.Items });
        Outline.See(member, ref reader);
        _page.See(member, ref reader);
        switch (member)
        {
            case FieldName.ExtractedAt:
                _extractedAt = HeadValue.Text(ref reader);
                break;
            case FieldName.Playlist:
                _ownOrder &= reader.TokenType == JsonTokenType.StartObject;
                _playlist = new PlaylistFields();
                break;
            case FieldName.Items when reader.TokenType == JsonTokenType.StartArray:
                IsOwn |= _ownOrder && _members == 3;
                _items.Add(RowsStart.At(ref reader, windowOffset), isOwnValue: true);
                break;
            case FieldName.Tracks when reader.TokenType == JsonTokenType.StartArray:
                _tracks.Add(RowsStart.At(ref reader, windowOffset), isOwnValue: true);
                break;
            case FieldName.Error:
                _errorMessage = HeadValue.Text(ref reader);
                _errorStatus = null;
                break;
        }
    }
}
