using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Hosting;

/// <summary>What <see cref="LocalSettingsSource"/> reads.</summary>
internal sealed class LocalSettingsProvider(string path) : ConfigurationProvider
{
    private static readonly JsonDocumentOptions s_reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The settings, <c>:</c> nesting.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Values => Data;

    /// <exception cref="HostConfigurationException">The file is not JSON, or cannot be read.</exception>
    public override void Load()
    {
        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), s_reading);
            if (document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty(nameof(Values), out var values)
                && values.ValueKind is JsonValueKind.Object)
            {
                foreach (var value in values.EnumerateObject())
                {
                    Data[value.Name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)] = value.Value.ToString();
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new HostConfigurationException($"{path} cannot be read: {exception.Message}", exception);
        }
    }
}
