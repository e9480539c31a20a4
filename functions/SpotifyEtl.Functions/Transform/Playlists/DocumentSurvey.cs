using System.Text.Json;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Transform.Playlists;

/// <summary>Sees a raw file's tokens and finds out which of the known shapes it has: which array holds its rows, and what its head says.</summary>
internal sealed class DocumentSurvey
{
    /// <summary>The depth below which nothing tells of a file's shape.</summary>
    public const int Depth = 3;

    private SurveyedDocument _document = new(depth: 0);
    private RowsStart _list;
    private long _elements;
    private bool _elementIsObject;

    /// <summary>The kind of the file's outermost value; None until the first token.</summary>
    public JsonTokenType Root { get; private set; }

    /// <summary>Whether the file begins as our own files do, so that its rows can be read as they come.</summary>
    public bool IsOwn => _document.IsOwn;

    /// <summary>Takes note of the token that the reader stands on.</summary>
    /// <param name="reader">Reads the file from <paramref name="windowOffset"/> on.</param>
    /// <param name="windowOffset">Where in the file the reader's bytes begin.</param>
    public void See(ref Utf8JsonReader reader, long windowOffset)
    {
        if (Root == JsonTokenType.None)
        {
            Root = reader.TokenType;
            if (Root == JsonTokenType.StartArray)
            {
                _list = RowsStart.At(ref reader, windowOffset);
                _document = new SurveyedDocument(depth: 1);
            }

            return;
        }

        if (Root == JsonTokenType.StartArray && reader.CurrentDepth == 1 && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            _elements++;
            _elementIsObject = reader.TokenType == JsonTokenType.StartObject;
        }
        else if (_elements <= 1)
        {
            _document.See(ref reader, windowOffset);
        }
    }

    /// <summary>What our own file's head says; it stands before the rows.</summary>
    public DocumentHead OwnHead(RawFileName file) => PageHead(file);

    /// <summary>Where the rows are and what the head says, once the whole file has been seen.</summary>
    /// <exception cref="DefectException">The file has none of the known shapes, or more than one array of rows under a key.</exception>
    public (RowsStart Rows, DocumentHead Head) Conclude(RawFileName file)
    {
        if (Root == JsonTokenType.StartArray && !IsListOfOneDocument())
        {
            return (_list, DocumentHead.Of(file, null, null, null));
        }

        if (_document.Items.Count > 1 || _document.Tracks.Count > 1)
        {
            var key = _document.Items.Count > 1 ? "items" : "tracks";
            throw new DefectException(
                DefectReasons.DuplicateRows, $"The file has more than one array of rows under \"{key}\": it is not clear which holds the playlist.");
        }

        if (_document.Items is { Count: 1, IsPage: true } page)
        {
            return (page.First, PageHead(file));
        }

        var playlist = _document.Items.Count == 1 ? _document.Items : _document.Tracks;
        return playlist.Count == 1
            ? (playlist.First, DocumentHead.Of(file, _document.Id, _document.SnapshotId, _document.ExtractedAt))
            : throw UnknownShape();
    }

    private DocumentHead PageHead(RawFileName file) =>
        DocumentHead.Of(file, _document.PlaylistId, _document.PlaylistSnapshotId, _document.ExtractedAt);

    private bool IsListOfOneDocument()
    {
        if (_elements != 1 || !_elementIsObject || _document.HasRowKey)
        {
            return false;
        }

        var hasRows = _document.Items.Count + _document.Tracks.Count > 0;
        return hasRows || (_document.IsBareTrack ? false : throw UnknownShape());
    }

    private static DefectException UnknownShape() => new(
        DefectReasons.UnknownShape,
        "The file is valid JSON of a shape that the transform does not read. It reads an object with an \"items\" array of rows, a playlist "
        + "whose \"items\" or \"tracks\" is an object with an \"items\" array, a list of one of these, and a list of rows.");
}
