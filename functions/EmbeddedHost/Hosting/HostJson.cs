using System.Text.Json;

namespace EmbeddedHost.Hosting;

/// <summary>What the embedded host reads of host.json: the durableTask extension's hub name, default version and concurrency, and the prefix of HTTP routes.</summary>
internal sealed record HostJson(string HubName, string DefaultVersion, int MaxConcurrentActivityFunctions, int MaxConcurrentOrchestratorFunctions)
{
    private static readonly JsonDocumentOptions s_reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The defaults of Azure's host: ten activities and orchestrators for each processor.</summary>
    public static HostJson Default { get; } = new("TestHubName", string.Empty, 10 * Environment.ProcessorCount, 10 * Environment.ProcessorCount);

    /// <summary>What the routes of HTTP functions begin with; empty: nothing.</summary>
    public string RoutePrefix { get; init; } = "api";

    /// <summary>Reads a file; one that is not there gives the defaults.</summary>
    /// <exception cref="HostConfigurationException">It is not JSON, or a value is not allowed.</exception>
    public static HostJson Read(string path)
    {
        if (!File.Exists(path))
        {
            return Default;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), s_reading);
            TryGet(document.RootElement, "extensions", out var extensions);
            TryGet(extensions, "durableTask", out var durableTask);
            TryGet(extensions, "http", out var http);
            return new HostJson(
                TryGet(durableTask, "hubName", out var hub) ? hub.GetString() ?? Default.HubName : Default.HubName,
                TryGet(durableTask, "defaultVersion", out var version) ? version.GetString() ?? string.Empty : string.Empty,
                Positive(path, durableTask, "maxConcurrentActivityFunctions", Default.MaxConcurrentActivityFunctions),
                Positive(path, durableTask, "maxConcurrentOrchestratorFunctions", Default.MaxConcurrentOrchestratorFunctions))
            {
                RoutePrefix = TryGet(http, "routePrefix", out var prefix) ? prefix.GetString()?.Trim('/') ?? string.Empty : Default.RoutePrefix,
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new HostConfigurationException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    private static bool TryGet(JsonElement parent, string name, out JsonElement value)
    {
        value = default;
        return parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out value);
    }

    private static int Positive(string path, JsonElement parent, string name, int fallback)
    {
        if (!TryGet(parent, name, out var value))
        {
            return fallback;
        }

        return value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0
            ? number
            : throw new HostConfigurationException($"{path}: extensions.durableTask.{name} is {value.GetRawText()}; it must be a whole number above zero.");
    }
}
