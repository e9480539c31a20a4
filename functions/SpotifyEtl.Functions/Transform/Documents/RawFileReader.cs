using System.Text.Json;
using SpotifyEtl.Transform.Json;
using SpotifyEtl.Transform.Items;

namespace SpotifyEtl.Transform.Documents;

/// <summary>
/// Reads one raw file from its start: surveys its tokens, or reads rows. Whatever is wrong with the file is a
/// <see cref="DefectException"/> that says where.
/// </summary>
internal sealed class RawFileReader : IAsyncDisposable
{
    /// <summary>How deep JSON may nest.</summary>
    public const int MaxDepth = 256;

    /// <summary>How JSON is read: a file may have one value after another, as one a line.</summary>
    public static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth, AllowMultipleValues = true };

    private readonly RawFileLimits _limits;
    private readonly CancellationToken _cancellationToken;
    private readonly RawFileWindow _window;
    private readonly RawFileDefects _defects;
    private JsonReaderState _state = new(Options);
    private bool _inLines;

    public RawFileReader(Stream stream, RawFileLimits limits, CancellationToken cancellationToken)
    {
        _limits = limits;
        _cancellationToken = cancellationToken;
        _window = new RawFileWindow(stream, limits.ChunkBytes, limits.MaxUnpackedBytes, cancellationToken);
        _defects = new RawFileDefects(_window, limits);
    }

    /// <summary>Skips a byte order mark.</summary>
    public async ValueTask StartAsync()
    {
        while (_window.Unused.Count < TextEncoding.BytesNeeded && await FillAsync())
        {
        }

        if (TextEncoding.NameOfOther(_window.Unused) is { } encoding)
        {
            throw new DefectException(
                DefectReasons.Encoding, $"The file is {encoding}: raw files must be UTF-8. Save it as UTF-8.", _window.Locate(0));
        }

        _window.Use(TextEncoding.MarkLength(_window.Unused));
    }

    /// <summary>Shows tokens to the survey, until it has come to rows that can be read at once or the file has ended.</summary>
    /// <returns>Whether rows come next.</returns>
    public async ValueTask<bool> SurveyAsync(DocumentSurvey survey)
    {
        do
        {
            if (Survey(survey))
            {
                return true;
            }
        }
        while (await FillAsync());

        Finish(survey);
        return false;
    }

    /// <summary>Goes to rows that a survey of the same file has found, behind those that have been read.</summary>
    public async ValueTask SkipToAsync(DocumentRows rows)
    {
        await _window.SkipToAsync(rows.Start.Offset);
        _state = rows.Start.State;
        _inLines = rows.AreLines;
    }

    /// <summary>Reads the next row.</summary>
    /// <returns>False after the last row.</returns>
    public async ValueTask<bool> ReadRowAsync(RawRow row)
    {
        while (true)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var progress = ReadRow(row);
            if (progress != ReadProgress.NeedsMore)
            {
                return progress == ReadProgress.Done;
            }

            if (!await FillAsync())
            {
                return _inLines ? ReadLastRow(row) : throw _defects.Truncated();
            }
        }
    }

    /// <summary>Reads the file to its end and gives the lower-case hex hash of all its bytes.</summary>
    public ValueTask<string> FinishAsync() => _window.FinishAsync();

    public ValueTask DisposeAsync() => _window.DisposeAsync();

    private async ValueTask<bool> FillAsync()
    {
        if (_window.Unused.Count > _limits.MaxRowBytes)
        {
            throw _defects.TooLarge();
        }

        try
        {
            return await _window.FillAsync();
        }
        catch (InvalidDataException)
        {
            throw new DefectException(DefectReasons.Gzip, "The file begins as gzip and cannot be unpacked: it is cut off or damaged.");
        }
        catch (UnpackedTooLargeException)
        {
            throw new DefectException(
                DefectReasons.TooLarge,
                $"The file is gzip and unpacks to more than {_limits.MaxUnpackedBytes} bytes: unpack and split it, or allow more with "
                + "Quality__MaxUnpackedBytes.");
        }
    }

    private bool Survey(DocumentSurvey survey)
    {
        var reader = new Utf8JsonReader(_window.Unused, isFinalBlock: false, _state);
        var readerStart = 0;
        var before = JsonTokenType.None;
        try
        {
            while (reader.Read())
            {
                survey.See(ref reader, _window.Offset + readerStart);
                if (survey.IsAtOwnRows)
                {
                    Use(ref reader, readerStart);
                    return true;
                }

                if (reader.TokenType == JsonTokenType.EndObject && survey.TryTakePlays(_window.Offset, out var plays))
                {
                    _state = plays.State;
                    _window.Use((int)(plays.Offset - _window.Offset));
                    return true;
                }

                if (before == JsonTokenType.StartArray && reader.TokenType == JsonTokenType.String && reader.CurrentDepth > DocumentSurvey.Depth)
                {
                    MarketCodeSkip.Pass(ref reader, _window.Unused, ref readerStart);
                }

                before = reader.TokenType;
            }

            Use(ref reader, readerStart);
            return false;
        }
        catch (JsonException)
        {
            throw _defects.Invalid(_state);
        }
    }

    // Only the file's end shows whether an outermost number is complete, and whether anything is missing.
    private void Finish(DocumentSurvey survey)
    {
        var reader = new Utf8JsonReader(_window.Unused, isFinalBlock: true, _state);
        try
        {
            while (reader.Read())
            {
                survey.See(ref reader, _window.Offset);
            }
        }
        catch (JsonException)
        {
            throw _defects.Truncated();
        }

        if (survey.IsEmpty)
        {
            throw new DefectException(DefectReasons.Empty, "The file is empty: it holds no JSON.", _window.Locate(_window.Offset));
        }
    }

    // Only the file's end shows whether a number is complete that is a line of its own.
    private bool ReadLastRow(RawRow row)
    {
        var reader = new Utf8JsonReader(_window.Unused, isFinalBlock: true, _state);
        try
        {
            if (!reader.Read())
            {
                return false;
            }

            row.Begin(_window.Unused);
            RowParser.TryRead(ref reader, row);
        }
        catch (JsonException)
        {
            throw _defects.Truncated();
        }

        Use(ref reader, row.ReaderStart);
        return true;
    }

    private ReadProgress ReadRow(RawRow row)
    {
        var reader = new Utf8JsonReader(_window.Unused, isFinalBlock: false, _state);
        try
        {
            if (!reader.Read())
            {
                return ReadProgress.NeedsMore;
            }

            if (reader.TokenType == JsonTokenType.EndArray)
            {
                Use(ref reader);
                return ReadProgress.AtEnd;
            }

            row.Begin(_window.Unused);
            if (!RowParser.TryRead(ref reader, row))
            {
                return ReadProgress.NeedsMore;
            }
        }
        catch (JsonException)
        {
            throw _defects.Invalid(_state);
        }

        if (row.ReaderStart + reader.BytesConsumed > _limits.MaxRowBytes)
        {
            throw _defects.TooLarge();
        }

        Use(ref reader, row.ReaderStart);
        return ReadProgress.Done;
    }

    private void Use(ref Utf8JsonReader reader, int readerStart = 0)
    {
        _state = reader.CurrentState;
        _window.Use(readerStart + (int)reader.BytesConsumed);
    }
}
