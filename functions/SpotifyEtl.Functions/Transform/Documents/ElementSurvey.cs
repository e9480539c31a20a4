using System.Text.Json;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Transform.Documents;

/// <summary>
/// Sees the elements of a list, which are rows, or documents that have rows: the values that a file has one after another, or an array's. The first
/// element that is one of them decides for all.
/// </summary>
/// <param name="depth">The depth of the elements in the file: 0 for its own values.</param>
/// <param name="start">Where they begin, should they be rows.</param>
/// <param name="file">The file's name.</param>
/// <param name="found">Takes the rows that are found, in their order.</param>
internal sealed class ElementSurvey(int depth, RowsStart start, RawFileName file, List<DocumentRows> found)
{
    private readonly RowsStart _start = start;
    private SurveyedDocument? _document;
    private ElementSurvey? _list;
    private long _count;
    private bool _areRows;
    private bool _areDocuments;
    private (long Number, string? What)? _odd;
    private DefectException? _defect;

    /// <summary>Whether the reader stands just inside the rows of a document of our own, which says all there is to know before them.</summary>
    public bool IsAtOwnRows { get; private set; }

    /// <summary>What our own document, at whose rows the reader stands, says of them.</summary>
    public DocumentHead OwnHead => _document!.OwnHead(file);

    /// <summary>Where the plays begin that the file is a list of, once the first has been seen; null: it is no such list, or they are taken.</summary>
    public RowsStart? PlaysStart { get; private set; }

    /// <summary>The members of the first row: of the first document that is none of our own, or of the elements.</summary>
    public ObjectOutline? FirstRow { get; private set; }

    /// <summary>Takes note of the token that the reader stands on.</summary>
    public void See(ref Utf8JsonReader reader, long windowOffset)
    {
        IsAtOwnRows = false;
        if (reader.CurrentDepth > depth)
        {
            _list?.See(ref reader, windowOffset);
            PlaysStart = _list is { _count: 1, _areRows: true, FirstRow.IsPlay: true } ? _list._start : null;
            IsAtOwnRows = _document?.See(ref reader, windowOffset) ?? false;
        }
        else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            EndElement();
        }
        else
        {
            BeginElement(ref reader, windowOffset);
        }
    }

    /// <summary>Leaves the plays at <see cref="PlaysStart"/>, up to the end of their list, to the caller.</summary>
    public void TakePlays()
    {
        _areDocuments = true;
        FirstRow ??= _list!.FirstRow;
        _list = null;
        PlaysStart = null;
    }

    /// <summary>Ends the list.</summary>
    /// <returns>Why its file cannot be loaded; null: its rows are found, but for those of own documents.</returns>
    public DefectException? End()
    {
        if (_areDocuments)
        {
            return _odd is { } odd ? Defects.OddElement(odd.Number, odd.What) : _defect;
        }

        // One object that is no row is no list of rows; nor is one value that stands by itself.
        if (!_areRows && _count == 1 && (depth == 0 || FirstRow is not null))
        {
            return _odd?.What is { } what ? Defects.Foreign(what) : Defects.UnknownShape();
        }

        found.Add(new DocumentRows(_start, DocumentHead.Of(file), FirstRow is { IsPlay: true }, AreLines: depth == 0));
        return null;
    }

    private void BeginElement(ref Utf8JsonReader reader, long windowOffset)
    {
        _count++;
        if (_areRows)
        {
            return;
        }

        if (reader.TokenType == JsonTokenType.StartObject)
        {
            _document = new SurveyedDocument(depth);
        }
        else if (reader.TokenType == JsonTokenType.StartArray && depth == 0)
        {
            _list = new ElementSurvey(1, RowsStart.At(ref reader, windowOffset), file, found);
        }
        else
        {
            _odd ??= (_count, null);
        }
    }

    private void EndElement()
    {
        if (_document is not null)
        {
            End(_document);
            _document = null;
        }
        else if (_list is not null)
        {
            _areDocuments = true;
            _defect ??= _list.End();
            FirstRow ??= _list.FirstRow;
            _list = null;
        }
    }

    private void End(SurveyedDocument document)
    {
        if (document.HasRows)
        {
            _areDocuments = true;
            _defect ??= document.FindDefect();
            if (!document.IsOwn)
            {
                FirstRow ??= document.FirstRow;
                found.Add(document.Rows(file));
            }
        }
        else if (!_areDocuments && document.Outline.IsRow)
        {
            FirstRow = document.Outline;
            _areRows = true;
        }
        else
        {
            FirstRow ??= document.Outline;
            _odd ??= (_count, Foreign.Of(document));
        }
    }
}
