using System.Text.Json;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Transform.Documents;

/// <summary>Sees a raw file's tokens and finds out which of the known shapes it has: where its rows are, and what is said of them.</summary>
/// <param name="file">The file's name, which may say what the file does not.</param>
internal sealed class DocumentSurvey(RawFileName file)
{
    /// <summary>The depth below which nothing tells of a file's shape.</summary>
    public const int Depth = JsonPath.Depth + 1;

    private readonly List<DocumentRows> _rows = [];
    private ElementSurvey? _values;
    private bool _tookPlays;

    /// <summary>Whether no token has been seen.</summary>
    public bool IsEmpty => _values is null;

    /// <summary>Whether the reader stands just inside rows that can be read as they come.</summary>
    public bool IsAtOwnRows => _values?.IsAtOwnRows ?? false;

    /// <summary>What is said of those rows.</summary>
    public DocumentHead OwnHead => OwnArePlays ? DocumentHead.Of(file) : _values!.OwnHead;

    /// <summary>Whether those rows are plays.</summary>
    public bool OwnArePlays => _tookPlays && !IsAtOwnRows;

    /// <summary>The rows that are still to be read once the whole file has been seen.</summary>
    public IReadOnlyList<DocumentRows> Rows => _rows;

    /// <summary>What the file is a list of, when none of its rows can be loaded; null: nothing known.</summary>
    public string? WhatIsListed => _values?.FirstRow is { } row ? Foreign.OfRejectedRows(row) : null;

    /// <summary>Takes note of the token that the reader stands on.</summary>
    /// <param name="reader">Reads the file from <paramref name="windowOffset"/> on.</param>
    /// <param name="windowOffset">Where in the file the reader's bytes begin.</param>
    public void See(ref Utf8JsonReader reader, long windowOffset)
    {
        _values ??= new ElementSurvey(
            0, new RowsStart(windowOffset + reader.TokenStartIndex, new JsonReaderState(RawFileReader.Options)), file, _rows);
        _values.See(ref reader, windowOffset);
    }

    /// <summary>
    /// Whether the file is a list of plays, of which the first has been seen: nothing that follows changes what they are, so they can be read at once, from
    /// where the list begins.
    /// </summary>
    /// <param name="leastOffset">The first place to which the reader can still go back.</param>
    /// <param name="start">Where the list begins.</param>
    public bool TryTakePlays(long leastOffset, out RowsStart start)
    {
        start = _values?.PlaysStart ?? default;
        if (_values?.PlaysStart is null || start.Offset < leastOffset)
        {
            return false;
        }

        _tookPlays = true;
        _values.TakePlays();
        return true;
    }

    /// <summary>Ends the survey: the whole file has been seen.</summary>
    /// <exception cref="DefectException">The file has none of the known shapes.</exception>
    public void End()
    {
        if (_values!.End() is { } defect)
        {
            throw defect;
        }
    }
}
