using System.Buffers;
using System.Text.Json;
using SpotifyEtl.Transform.Json;

namespace SpotifyEtl.Transform.Items;

/// <summary>
/// One row of a playlist, or one play, read in place: its texts point into the file's window, so they hold until the next row is read. One object
/// serves for all rows of a file.
/// </summary>
internal sealed class RawRow
{
    private readonly ArrayBufferWriter<byte> _scratch = new();
    private ArraySegment<byte> _source;

    private int _readerStart;

    public Text AddedAt;

    public Text AddedBy;

    public bool HasAddedAt { get; set; }

    /// <summary>What kind of JSON value the row is.</summary>
    public JsonTokenType Kind { get; set; }

    /// <summary>What it says of a play.</summary>
    public PlayFields Play { get; } = new();

    /// <summary>The row's <c>item</c>.</summary>
    public TrackFields Item { get; } = new();

    /// <summary>The row's <c>track</c>.</summary>
    public TrackFields Classic { get; } = new();

    /// <summary>The row itself, read as a track.</summary>
    public TrackFields Bare { get; } = new();

    /// <summary>The row's track: <c>item</c> if that is an object, else <c>track</c>, else the row itself where it is a track.</summary>
    public TrackFields? Track => Item.IsObject ? Item : Classic.IsObject ? Classic : IsBareTrack ? Bare : null;

    private bool IsBareTrack =>
        Bare.IsObject && !HasAddedAt && (Bare.Album.IsObject || Bare.HasArtists || Bytes(Bare.Type).SequenceEqual("track"u8) || IsEpisode(Bare));

    /// <summary>Where in the source the bytes of the reader begin: just after the last passed market codes.</summary>
    public int ReaderStart => _readerStart;

    /// <summary>Begins a row whose texts are offsets into <paramref name="source"/>.</summary>
    public void Begin(ArraySegment<byte> source)
    {
        _source = source;
        _readerStart = 0;
        _scratch.ResetWrittenCount();
        AddedAt = AddedBy = default;
        HasAddedAt = false;
        Item.Clear();
        Classic.Clear();
        Bare.Clear();
        Play.Clear();
    }

    public ReadOnlySpan<byte> Bytes(Text text) =>
        text.Start >= 0 ? _source.AsSpan(text.Start, text.Length) : _scratch.WrittenSpan.Slice(~text.Start, text.Length);

    /// <summary>Passes over the market codes after the string in an array that the reader stands on.</summary>
    public void PassMarkets(ref Utf8JsonReader reader) => MarketCodeSkip.Pass(ref reader, _source, ref _readerStart);

    /// <summary>Keeps the text of the JSON string, number or literal that the reader stands on.</summary>
    public Text Keep(ref Utf8JsonReader reader)
    {
        var content = reader.ValueSpan;
        var start = _readerStart + (int)reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.String)
        {
            return new Text(start, content.Length);
        }

        if (JsonText.IsPlain(content, reader.ValueIsEscaped))
        {
            return new Text(start + 1, content.Length);
        }

        var place = _scratch.WrittenCount;
        return new Text(~place, JsonText.Append(content, _scratch));
    }

    /// <summary>Why the row cannot be loaded: the first reason that fits.</summary>
    public RejectReason Judge(TrackFields? track)
    {
        if (track is null)
        {
            return RejectReason.NoTrack;
        }

        if (IsEpisode(track))
        {
            return RejectReason.Episode;
        }

        if (Bare.IsLocal || track.IsLocal)
        {
            return RejectReason.LocalTrack;
        }

        if (track.Id.IsEmpty)
        {
            return RejectReason.NoId;
        }

        return track.Album.Id.IsEmpty ? RejectReason.NoAlbum : RejectReason.None;
    }

    /// <summary>What helps a person to find a rejected row: its track's name and URI, or else what it is.</summary>
    public Text Describe(TrackFields? track)
    {
        var (name, uri) = track is null ? (Bare.Name, Bare.Uri) : (track.Name, track.Uri);
        if (name.IsEmpty && uri.IsEmpty)
        {
            return track is null ? Append(KindInWords) : default;
        }

        if (name.IsEmpty || uri.IsEmpty)
        {
            return name.IsEmpty ? uri : name;
        }

        return Append([.. Bytes(name), .. " ("u8, .. Bytes(uri), .. ")"u8]);
    }

    /// <summary>What is there in place of an object; of an object, that it has no track.</summary>
    public ReadOnlySpan<byte> KindInWords => Kind switch
    {
        JsonTokenType.StartObject => "neither item nor track is an object"u8,
        JsonTokenType.Null => "the row is null"u8,
        JsonTokenType.StartArray => "the row is an array"u8,
        JsonTokenType.String => "the row is a string"u8,
        JsonTokenType.Number => "the row is a number"u8,
        _ => "the row is true or false"u8,
    };

    public bool IsEpisode(TrackFields track) => Bytes(track.Type).SequenceEqual("episode"u8);

    private Text Append(ReadOnlySpan<byte> text)
    {
        var place = _scratch.WrittenCount;
        _scratch.Write(text);
        return new Text(~place, text.Length);
    }
}
