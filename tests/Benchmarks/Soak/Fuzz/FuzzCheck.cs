using System.IO.Compression;
using System.Text;
using System.Text.Json;
using SpotifyEtl.Transform;
using SpotifyEtl.Transform.Documents;
using SpotifyEtl.Transform.Tables;

namespace Benchmarks.Soak.Fuzz;

/// <summary>Transforms inputs and checks what comes out, with nothing of the transform's own to judge by.</summary>
internal sealed class FuzzCheck
{
    private const int MaxDepth = 256;
    private const string Key = "raw_data/to_process/spotify_raw_p0_20240605T060000Z.json";

    // As large as no input is, as most are read; and small ones, with which every kind of token is cut somewhere.
    private const int LargeChunk = 1 << 15;
    private static readonly int[] s_smallChunks = [16, 61, 256, 1000];

    private static readonly QualityOptions s_quality = new() { MaxRejectedShare = 1 };

    private readonly FuzzLake _lake = new();

    /// <exception cref="FuzzException">It gave neither sound tables nor a defect.</exception>
    public async Task RunAsync(byte[] input, int number)
    {
        _lake.Raw = input;
        var text = Unpack(input);
        var outcome = await TransformAsync(LargeChunk);
        switch (outcome)
        {
            case Transformed transformed:
                Require(text is not null && IsJson(text), "what is no JSON was transformed");
                CheckTables(transformed);
                break;
            case Defective { Defect: { Reason: DefectReasons.NotJson or DefectReasons.Truncated or DefectReasons.Empty or DefectReasons.TooDeep } defective }:
                Require(text is null || !IsJson(text), $"JSON was called {defective.Reason}");
                Require(
                    defective.ByteOffset is { } offset && offset >= 0 && offset <= (text ?? input).Length,
                    $"the place {defective.ByteOffset} is not in the file");
                Require(_lake.Tables.Count == 0, "a defective file left tables");
                break;
            default:
                Require(_lake.Tables.Count == 0, "a defective file left tables");
                break;
        }

        if (number % 32 == 0)
        {
            var chunk = s_smallChunks[number / 32 % s_smallChunks.Length];
            var again = await TransformAsync(chunk);

            // Of what is damaged both as gzip and as JSON, either may be met first.
            Require(
                text is null ? again is Defective : Describe(outcome) == Describe(again),
                $"the result depends on how the bytes come in: {Describe(outcome)}, and by {chunk} bytes {Describe(again)}");
        }
    }

    private async Task<TransformOutcome> TransformAsync(int chunkBytes)
    {
        try
        {
            return await new RawFileTransformer(_lake, s_quality, new RawFileLimits(chunkBytes, RawFileLimits.Default.MaxRowBytes)).TransformAsync(Key);
        }
        catch (Exception exception)
        {
            throw new FuzzException($"the transform threw {exception}", exception);
        }
    }

    private void CheckTables(Transformed outcome)
    {
        Require(outcome.Items == outcome.Rows[Table.Playlist] + outcome.Rows[Table.Play] + outcome.Rows[Table.Rejected], "items are not rows and rejects");
        Require(outcome.Rows[Table.Rejected] == outcome.Rejected.Values.Sum(), "rejects are not the sum of their reasons");
        foreach (var table in Table.All)
        {
            var rows = _lake.Tables.TryGetValue(table.KeyFor(outcome.Stem), out var csv) ? CountRows(csv, table) - 1 : 0;
            Require(rows == outcome.Rows[table], $"{table.Name} has {rows} rows, not the {outcome.Rows[table]} of the outcome");
        }
    }

    /// <summary>Counts the rows of a CSV file whose fields hold no line breaks, and the fields of each.</summary>
    private static long CountRows(byte[] csv, Table table)
    {
        Require(System.Text.Unicode.Utf8.IsValid(csv), $"{table.Name} is not UTF-8");
        Require(csv[^1] == '\n', $"{table.Name} does not end with a line");
        var rows = 0;
        foreach (var range in csv.AsSpan(0, csv.Length - 1).Split((byte)'\n'))
        {
            var quoted = false;
            var fields = 1;
            foreach (var character in csv.AsSpan(range))
            {
                quoted ^= character == '"';
                fields += character == ',' && !quoted ? 1 : 0;
            }

            Require(!quoted && fields == table.Columns.Count, $"line {rows} of {table.Name} has {fields} fields");
            rows++;
        }

        return rows;
    }

    private static string Describe(TransformOutcome outcome) => outcome switch
    {
        Transformed transformed => string.Join('\n', transformed.Tables.Select(table => table.ToString())),
        _ => outcome.ToString(),
    };

    // Null: it cannot be unpacked.
    private static byte[]? Unpack(byte[] input)
    {
        if (input is not [0x1F, 0x8B, ..])
        {
            return input;
        }

        try
        {
            using GZipStream gzip = new(new MemoryStream(input), CompressionMode.Decompress);
            using MemoryStream text = new();
            gzip.CopyTo(text);
            return text.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static bool IsJson(byte[] input)
    {
        var text = input.AsSpan(input.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0);
        try
        {
            Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = MaxDepth, AllowMultipleValues = true });
            var holdsValues = false;
            while (reader.Read())
            {
                holdsValues = true;
            }

            return holdsValues;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FuzzException(otherwise);
        }
    }
}
