using System.Diagnostics;
using System.Text.Json;
using SpotifyEtl.Transform.Json;

namespace SpotifyEtl.Transform.Playlists;

/// <summary>
/// Reads one raw file from its start: surveys its tokens, or reads rows. Whatever is wrong with the file is a
/// <see cref="DefectException"/> that says where.
/// </summary>
internal sealed class RawFileReader(Stream stream, RawFileLimits limits, CancellationToken cancellationToken) : IAsyncDisposable
{
    private const int MaxDepth = 256;

    private readonly RawFileWindow _window = new(stream, limits.ChunkBytes, cancellationToken);
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = MaxDepth });

    private enum Progress
    {
        NeedsMore,
        Done,
        AtEnd,
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
        var atRows = survey.IsOwn;
        do
        {
            if (Survey(survey, stopAtRows: !atRows))
            {
                return true;
            }
        }
        while (await FillAsync());

        Finish(survey);
        return false;
    }

    /// <summary>Goes to the rows that a survey of the same file has found.</summary>
    public async ValueTask SkipToAsync(RowsStart rows)
    {
        await _window.SkipToAsync(rows.Offset);
        _state = rows.State;
    }

    /// <summary>Reads the next row.</summary>
    /// <returns>False after the last row.</returns>
    public async ValueTask<bool> ReadRowAsync(PlaylistRow row)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var progress = ReadRow(row);
            if (progress != Progress.NeedsMore)
            {
                return progress == Progress.Done;
            }

            if (!await FillAsync())
            {
                throw Truncated();
            }
        }
    }

    /// <summary>Reads the file to its end and gives the lower-case hex hash of all its bytes.</summary>
    public ValueTask<string> FinishAsync() => _window.FinishAsync();

    public ValueTask DisposeAsync() => _window.DisposeAsync();

    private async ValueTask<bool> FillAsync()
    {
        if (_window.Unused.Count > limits.MaxRowBytes)
        {
            throw TooLarge();
        }

        return await _window.FillAsync();
    }

    private bool Survey(DocumentSurvey survey, bool stopAtRows)
    {
        var reader = new Utf8JsonReader(_window.Unused, isFinalBlock: false, _state);
        var readerStart = 0;
        var before = JsonTokenType.None;
        try
        {
            while (reader.Read())
            {
                survey.See(ref reader, _window.Offset + readerStart);
                if (stopAtRows && survey.IsOwn)
                {
                    Use(ref reader, readerStart);
                    return true;
                }

                if (before == JsonTokenType.StartArray && reader.TokenType == JsonTokenType.String && reader.CurrentDepth > DocumentSurvey.Depth)
                {
                    MarketCodes.Pass(ref reader, _window.Unused, ref readerStart);
                }

                before = reader.TokenType;
            }

            Use(ref reader, readerStart);
            return false;
        }
        catch (JsonException)
        {
            throw Invalid();
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
        catch (JsonException) when (survey.Root == JsonTokenType.None && _window.Unused.AsSpan().IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            throw new DefectException(DefectReasons.Empty, "The file is empty: it holds no JSON.", _window.Locate(_window.Offset));
        }
        catch (JsonException)
        {
            throw Truncated();
        }
    }

    private Progress ReadRow(PlaylistRow row)
    {
        var reader = new Utf8JsonReader(_window.Unused, isFinalBlock: false, _state);
        try
        {
            if (!reader.Read())
            {
                return Progress.NeedsMore;
            }

            if (reader.TokenType == JsonTokenType.EndArray)
            {
                Use(ref reader);
                return Progress.AtEnd;
            }

            row.Begin(_window.Unused);
            if (!RowParser.TryRead(ref reader, row))
            {
                return Progress.NeedsMore;
            }
        }
        catch (JsonException)
        {
            throw Invalid();
        }

        if (row.ReaderStart + reader.BytesConsumed > limits.MaxRowBytes)
        {
            throw TooLarge();
        }

        Use(ref reader, row.ReaderStart);
        return Progress.Done;
    }

    private void Use(ref Utf8JsonReader reader, int readerStart = 0)
    {
        _state = reader.CurrentState;
        _window.Use(readerStart + (int)reader.BytesConsumed);
    }

    // Reads once more what is in the window, and all of it, to tell the place.
    private DefectException Invalid()
    {
        var reader = new Utf8JsonReader(_window.Unused, isFinalBlock: false, _state);
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException exception)
        {
            return Invalid(ref reader, exception);
        }

        throw new UnreachableException("What was not JSON is JSON when it is read again.");
    }

    // The lines that a reader counts are some way behind the file's, by what no reader has seen: a byte order mark, market codes.
    private DefectException Invalid(ref Utf8JsonReader reader, JsonException exception)
    {
        var start = PlaceOf(_state);
        var line = exception.LineNumber.GetValueOrDefault();
        var offset = exception.BytePositionInLine.GetValueOrDefault();
        offset = line == start.Line ? offset - start.ByteInLine : _window.OffsetOfUnusedLine(line - start.Line) + offset;
        var unused = _window.Unused.AsSpan();
        if (offset < 0 || offset >= unused.Length)
        {
            offset = Math.Min(reader.BytesConsumed, unused.Length - 1);
        }

        var position = _window.Locate(_window.Offset + offset);
        var found = unused[(int)offset];
        var depth = reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject ? 1 : 0);
        return depth >= MaxDepth && found is (byte)'[' or (byte)'{'
            ? new DefectException(DefectReasons.TooDeep, $"The file's JSON is nested deeper than {MaxDepth} levels at {position}.", position)
            : new DefectException(DefectReasons.NotJson, $"The file is not valid JSON: {Show(found)} is not allowed at {position}.", position);
    }

    /// <summary>Where a reader in this state believes to be. It tells when it meets what is never allowed.</summary>
    private static (long Line, long ByteInLine) PlaceOf(JsonReaderState state)
    {
        var reader = new Utf8JsonReader("\0"u8, isFinalBlock: true, state);
        try
        {
            reader.Read();
            throw new InvalidOperationException("A JSON reader took a zero byte.");
        }
        catch (JsonException exception)
        {
            return (exception.LineNumber.GetValueOrDefault(), exception.BytePositionInLine.GetValueOrDefault());
        }
    }

    private static string Show(byte found) => found is > (byte)' ' and < 0x7F ? $"'{(char)found}'" : $"the byte 0x{found:X2}";

    private DefectException Truncated()
    {
        var position = _window.Locate(_window.Offset + _window.Unused.Count);
        return new DefectException(DefectReasons.Truncated, $"The file ends in the middle of its JSON, at {position}: it was cut off.", position);
    }

    private DefectException TooLarge()
    {
        var position = _window.Locate(_window.Offset);
        return new DefectException(
            DefectReasons.TooLarge, $"A row or value larger than {limits.MaxRowBytes} bytes begins at {position}: no playlist has such rows.", position);
    }
}

/// <summary>How a raw file is read.</summary>
/// <param name="ChunkBytes">How much is read at once.</param>
/// <param name="MaxRowBytes">The largest row, with what separates it from the one before.</param>
internal sealed record RawFileLimits(int ChunkBytes, int MaxRowBytes)
{
    public static readonly RawFileLimits Default = new(1 << 18, 64 << 20);
}
