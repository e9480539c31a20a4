using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Hosting;

/// <summary>
/// The Values of a local.settings.json as app settings, <c>__</c> nesting, as Azure Functions Core Tools give them to an app on a
/// developer's machine. A file that is not there is no settings.
/// </summary>
internal sealed class LocalSettingsSource(string path) : IConfigurationSource
{
    private static readonly JsonDocumentOptions s_reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(path);

    private sealed class Provider(string path) : ConfigurationProvider
    {
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
                    && document.RootElement.TryGetProperty("Values", out var values)
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
}
