using System.Text;
using System.Text.Json;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Terminal;

namespace SpotifyEtl.Local.Authorization;

/// <summary>Sets values in local.settings.json and leaves the rest of the file, comments and layout too, as it is.</summary>
internal sealed class LocalSettingsFile(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly byte[] s_new =
        "{\n  \"IsEncrypted\": false,\n  \"Values\": {\n    \"FUNCTIONS_WORKER_RUNTIME\": \"dotnet-isolated\"\n  }\n}\n"u8.ToArray();

    public string Path { get; } = path;

    /// <summary>The one that the program reads its settings from.</summary>
    public static LocalSettingsFile Of(Shell shell) => new(shell.PathOf("local.settings.json"));

    /// <summary>The text that a value has, or null when it has none.</summary>
    /// <exception cref="EtlConfigurationException">The file is no JSON object with Values, or cannot be read.</exception>
    public async Task<string?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path))
        {
            return null;
        }

        try
        {
            var text = await File.ReadAllBytesAsync(Path, cancellationToken);
            return Find(text, name) is { IsValue: true } place && text[place.Start] == '"'
                ? JsonSerializer.Deserialize<string>(text.AsSpan(place.Start, place.End - place.Start))
                : null;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new EtlConfigurationException($"{Path} could not be read: {exception.Message} Mend it, and authorize again.", exception);
        }
    }

    /// <summary>Sets the values, all or none. The file is replaced at once, and only its owner can read it from then on.</summary>
    /// <exception cref="EtlConfigurationException">The file is no JSON object with Values, or cannot be written.</exception>
    public async Task SetAsync(IReadOnlyList<(string Name, string Value)> values, CancellationToken cancellationToken)
    {
        try
        {
            var text = File.Exists(Path) ? await File.ReadAllBytesAsync(Path, cancellationToken) : s_new;
            foreach (var (name, value) in values)
            {
                text = With(text, name, value);
            }

            await ReplaceAsync(text, cancellationToken);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new EtlConfigurationException($"{Path} could not be changed: {exception.Message} Mend it, and authorize again.", exception);
        }
    }

    private async Task ReplaceAsync(byte[] text, CancellationToken cancellationToken)
    {
        var beside = $"{Path}.{Guid.NewGuid():N}.tmp";
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            await using (FileStream file = new(beside, options))
            {
                await file.WriteAsync(text, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, Path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private static byte[] With(byte[] text, string name, string value)
    {
        var quoted = JsonSerializer.Serialize(value);
        var place = Find(text, name);
        var inserted = place.IsValue ? quoted : $"\n    {JsonSerializer.Serialize(name)}: {quoted}{(place.IsFirst ? "\n  " : ",")}";
        return [.. text.AsSpan(0, place.Start), .. Encoding.UTF8.GetBytes(inserted), .. text.AsSpan(place.End)];
    }

    // Where the value is, or else where Values begins, for a new one to come first.
    private static Place Find(byte[] text, string name)
    {
        // Windows editors put a byte order mark in front, which the reader does not know.
        var offset = text.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        Utf8JsonReader reader = new(text.AsSpan(offset), new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        reader.Read();
        Place? beginning = null;
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && reader.ValueTextEquals("Values"u8))
            {
                reader.Read();
                if (reader.TokenType is not JsonTokenType.StartObject)
                {
                    throw new JsonException("its Values are no JSON object.");
                }

                var start = offset + (int)reader.BytesConsumed;
                reader.Read();
                beginning = new Place(start, start, IsValue: false, IsFirst: reader.TokenType is JsonTokenType.EndObject);
                while (reader.TokenType is JsonTokenType.PropertyName)
                {
                    var isIt = reader.ValueTextEquals(name);
                    reader.Read();
                    var valueStart = offset + (int)reader.TokenStartIndex;
                    reader.Skip();
                    if (isIt)
                    {
                        return new Place(valueStart, offset + (int)reader.BytesConsumed, IsValue: true, IsFirst: false);
                    }

                    reader.Read();
                }
            }
            else if (reader.TokenType is JsonTokenType.PropertyName)
            {
                reader.Skip();
            }
        }

        return beginning ?? throw new JsonException("it has no Values.");
    }

    private readonly record struct Place(int Start, int End, bool IsValue, bool IsFirst);
}
