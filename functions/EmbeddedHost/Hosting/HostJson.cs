using System.Globalization;
using System.Text.Json;

namespace EmbeddedHost.Hosting;

/// <summary>What the embedded host reads of host.json: the durableTask extension's hub name, default version and concurrency, the prefix of HTTP routes, and functionTimeout.</summary>
internal sealed record HostJson(string HubName, string DefaultVersion, int MaxConcurrentActivityFunctions, int MaxConcurrentOrchestratorFunctions)
{
    private static readonly JsonDocumentOptions s_reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The defaults of Azure's host: ten activities and orchestrators for each processor.</summary>
    public static HostJson Default { get; } = new("TestHubName", string.Empty, 10 * Environment.ProcessorCount, 10 * Environment.ProcessorCount);

    /// <summary>What the routes of HTTP functions begin with; empty: nothing.</summary>
    public string RoutePrefix { get; init; } = "api";

    /// <summary>
    /// functionTimeout, as days, hours, minutes and seconds: how long an activity or a timer function may run. "-1", read as
    /// <see cref="Timeout.InfiniteTimeSpan"/>: as long as it likes. Default: 30 minutes, as in Azure's plans but the Consumption one.
    /// </summary>
    public TimeSpan FunctionTimeout { get; init; } = TimeSpan.FromMinutes(30);

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
                FunctionTimeout = TimeLimit(path, document.RootElement),
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

    private static TimeSpan TimeLimit(string path, JsonElement root)
    {
        if (!TryGet(root, "functionTimeout", out var value))
        {
            return Default.FunctionTimeout;
        }

        if (value.ValueKind is JsonValueKind.String && value.GetString() is { } text)
        {
            if (text == "-1")
            {
                return Timeout.InfiniteTimeSpan;
            }

            if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var limit) && limit >= TimeSpan.FromSeconds(1))
            {
                return limit;
            }
        }

        throw new EmbeddedHostException(
            $"{path}: functionTimeout is {value.GetRawText()}; it must be a time of at least a second such as \"00:30:00\", or \"-1\" for no limit.");
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
