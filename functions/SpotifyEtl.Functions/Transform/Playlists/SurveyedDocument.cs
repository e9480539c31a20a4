using System.Buffers;
using System.Text.Json;
using SpotifyEtl.Transform.Json;

namespace SpotifyEtl.Transform.Playlists;

/// <summary>
/// One JSON object that may be a page of rows or a playlist: sees its tokens and remembers where its rows begin and what it says of
/// itself. Of repeated keys the last one counts, but of arrays of rows there must not be two under one key.
/// </summary>
/// <param name="depth">The depth of the object's own braces in the file.</param>
internal sealed class SurveyedDocument(int depth)
{
    private FieldName _key;
    private FieldName _innerKey;
    private bool _inObject;
    private int _keys;
    private bool _ownOrder = depth == 0;
    private byte[]? _type;
    private bool _hasAlbum;
    private bool _hasArtists;

    /// <summary>The arrays of rows under <c>items</c>: the page's own or the playlist's.</summary>
    public RowArrays Items { get; } = new();

    /// <summary>The arrays of rows under <c>tracks</c>.</summary>
    public RowArrays Tracks { get; } = new();

    /// <summary>Whether the document has a key that only a row has.</summary>
    public bool HasRowKey { get; private set; }

    /// <summary>Whether the document begins as our own files do: playlist, extracted_at, items.</summary>
    public bool IsOwn { get; private set; }

    public byte[]? Id { get; private set; }

    public byte[]? SnapshotId { get; private set; }

    public byte[]? ExtractedAt { get; private set; }

    /// <summary>The id in the document's <c>playlist</c>.</summary>
    public byte[]? PlaylistId { get; private set; }

    /// <summary>The snapshot_id in the document's <c>playlist</c>.</summary>
    public byte[]? PlaylistSnapshotId { get; private set; }

    public bool IsBareTrack =>
        _hasAlbum || _hasArtists || _type.AsSpan().SequenceEqual("track"u8) || _type.AsSpan().SequenceEqual("episode"u8);

    /// <summary>Takes note of the token that the reader stands on.</summary>
    /// <param name="reader">Reads the file from <paramref name="windowOffset"/> on.</param>
    /// <param name="windowOffset">Where in the file the reader's bytes begin.</param>
    public void See(ref Utf8JsonReader reader, long windowOffset)
    {
        var inner = reader.CurrentDepth - depth - 1;
        if (inner is not (0 or 1) || reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            return;
        }

        if (inner == 0 && reader.TokenType == JsonTokenType.PropertyName)
        {
            _key = FieldNames.Of(ref reader);
            _ownOrder &= ++_keys > 3 || _key == (_keys switch { 1 => FieldName.Playlist, 2 => FieldName.ExtractedAt, _ => FieldName.Items });
        }
        else if (inner == 0)
        {
            _inObject = reader.TokenType == JsonTokenType.StartObject;
            SeeMember(ref reader, windowOffset);
        }
        else if (reader.TokenType == JsonTokenType.PropertyName)
        {
            _innerKey = FieldNames.Of(ref reader);
        }
        else if (_inObject)
        {
            SeeInnerMember(ref reader, windowOffset);
        }
    }

    private void SeeMember(ref Utf8JsonReader reader, long windowOffset)
    {
        var isArray = reader.TokenType == JsonTokenType.StartArray;
        switch (_key)
        {
            case FieldName.Id:
                Id = TextOf(ref reader);
                break;
            case FieldName.SnapshotId:
                SnapshotId = TextOf(ref reader);
                break;
            case FieldName.ExtractedAt:
                ExtractedAt = TextOf(ref reader);
                break;
            case FieldName.Playlist:
                _ownOrder &= _inObject;
                PlaylistId = PlaylistSnapshotId = null;
                break;
            case FieldName.Items when isArray:
                IsOwn |= _ownOrder && _keys == 3;
                Items.Add(RowsStart.At(ref reader, windowOffset), isPage: true);
                break;
            case FieldName.Item or FieldName.Track or FieldName.AddedAt:
                HasRowKey = true;
                break;
            case FieldName.Type:
                _type = TextOf(ref reader);
                break;
            case FieldName.Album:
                _hasAlbum = _inObject;
                break;
            case FieldName.Artists:
                _hasArtists = isArray;
                break;
        }
    }

    private void SeeInnerMember(ref Utf8JsonReader reader, long windowOffset)
    {
        switch (_key, _innerKey)
        {
            case (FieldName.Playlist, FieldName.Id):
                PlaylistId = TextOf(ref reader);
                break;
            case (FieldName.Playlist, FieldName.SnapshotId):
                PlaylistSnapshotId = TextOf(ref reader);
                break;
            case (FieldName.Items, FieldName.Items) when reader.TokenType == JsonTokenType.StartArray:
                Items.Add(RowsStart.At(ref reader, windowOffset), isPage: false);
                break;
            case (FieldName.Tracks, FieldName.Items) when reader.TokenType == JsonTokenType.StartArray:
                Tracks.Add(RowsStart.At(ref reader, windowOffset), isPage: false);
                break;
        }
    }

    private static byte[]? TextOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.IsEmpty)
        {
            return null;
        }

        var text = new ArrayBufferWriter<byte>();
        JsonText.Append(reader.ValueSpan, text);
        return text.WrittenSpan.ToArray();
    }
}

/// <summary>The arrays of rows that a document has under one key: usable when there is exactly one.</summary>
internal sealed class RowArrays
{
    public int Count { get; private set; }

    public RowsStart First { get; private set; }

    /// <summary>Whether the array is the key's own value, not inside an object.</summary>
    public bool IsPage { get; private set; }

    public void Add(RowsStart start, bool isPage)
    {
        Count++;
        if (Count == 1)
        {
            First = start;
            IsPage = isPage;
        }
    }
}

/// <summary>Where a file's rows begin: just after the array's opening bracket, with the JSON reader in that state.</summary>
internal readonly record struct RowsStart(long Offset, JsonReaderState State)
{
    public static RowsStart At(ref Utf8JsonReader reader, long windowOffset) => new(windowOffset + reader.BytesConsumed, reader.CurrentState);
}
