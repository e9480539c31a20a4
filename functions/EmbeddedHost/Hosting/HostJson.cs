using System.Globalization;
using System.Text.Json;
using DurableTask.Core.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Hosting;

/// <summary>What this host reads of host.json.</summary>
internal sealed record HostJson
{
    private const int SecondsOfADay = 24 * 60 * 60;

    private static readonly JsonDocumentOptions s_reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The durableTask extension's settings.</summary>
    public DurableTaskSettings DurableTask { get; init; } = new();

    /// <summary>What the routes of HTTP functions begin with; empty: nothing.</summary>
    public string RoutePrefix { get; init; } = "api";

    /// <summary>
    /// functionTimeout, as days, hours, minutes and seconds: how long an activity or a timer function may run. "-1", read as
    /// <see cref="Timeout.InfiniteTimeSpan"/>: as long as it likes. Default: 30 minutes, as in Azure's plans but the Consumption one.
    /// </summary>
    public TimeSpan FunctionTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>logging.logLevel: the lowest level that is logged, by category; <c>default</c> is for all others.</summary>
    public IReadOnlyDictionary<string, LogLevel> LogLevels { get; init; } = new Dictionary<string, LogLevel>(StringComparer.Ordinal);

    /// <summary>Reads a file; one that is not there gives the defaults.</summary>
    /// <exception cref="HostConfigurationException">It is not JSON, or a value is not allowed.</exception>
    public static HostJson Read(string path)
    {
        if (!File.Exists(path))
        {
            return new HostJson();
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), s_reading);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                throw new HostConfigurationException($"{path} is not a host.json: it must be a JSON object.");
            }

            JsonSection root = new(path, string.Empty, document.RootElement);
            var extensions = root.Section("extensions");
            return new HostJson
            {
                DurableTask = ReadDurableTask(extensions.Section("durableTask")),
                RoutePrefix = ReadRoutePrefix(extensions.Section("http")),
                FunctionTimeout = root.Text("functionTimeout") switch
                {
                    null => TimeSpan.FromMinutes(30),
                    "-1" => Timeout.InfiniteTimeSpan,
                    var text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var limit) && limit >= TimeSpan.FromSeconds(1) =>
                        limit <= OptionsCheck.LongestTime ? limit : throw root.NotAllowed(
                            "functionTimeout", $"\"{text}\"", $"at most {OptionsCheck.LongestTime.TotalDays} days, or \"-1\" for no limit"),
                    var text => throw root.NotAllowed(
                        "functionTimeout", $"\"{text}\"", "a time of at least a second such as \"00:30:00\", or \"-1\" for no limit"),
                },
                LogLevels = root.Section("logging").Section("logLevel").Members<LogLevel>(),
            };
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new HostConfigurationException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Puts the app's settings in the place of what host.json names as <c>%NAME%</c>: the task hub's name, as on Azure.</summary>
    /// <exception cref="HostConfigurationException">There is no such setting.</exception>
    public HostJson Resolve(IConfiguration settings) => DurableTask.HubName is not ['%', .. { Length: > 0 } setting, '%'] ? this : this with
    {
        DurableTask = DurableTask with
        {
            HubName = settings[setting] is { Length: > 0 } name ? name : throw new HostConfigurationException(
                $"host.json: extensions.durableTask.hubName is %{setting}%, and there is no setting {setting}. Set it, or name the task hub in host.json."),
        },
    };

    private static string ReadRoutePrefix(JsonSection http) => http.Text("routePrefix")?.Trim('/') switch
    {
        null => "api",
        var prefix when prefix.All(part => char.IsAsciiLetterOrDigit(part) || part is '/' or '-' or '_' or '.') => prefix,
        var prefix => throw http.NotAllowed("routePrefix", $"\"{prefix}\"", "a text of letters, digits, '-', '_', '.' and '/' such as \"api\", or empty"),
    };

    private static DurableTaskSettings ReadDurableTask(JsonSection section)
    {
        DurableTaskSettings fallback = new();
        return new DurableTaskSettings
        {
            HubName = section.Text("hubName") ?? fallback.HubName,
            MaxConcurrentActivityFunctions = section.Positive("maxConcurrentActivityFunctions") ?? fallback.MaxConcurrentActivityFunctions,
            MaxConcurrentOrchestratorFunctions = section.Positive("maxConcurrentOrchestratorFunctions") ?? fallback.MaxConcurrentOrchestratorFunctions,
            ExtendedSessionsEnabled = section.Flag("extendedSessionsEnabled") ?? fallback.ExtendedSessionsEnabled,
            ExtendedSessionIdleTimeout = section.Positive("extendedSessionIdleTimeoutInSeconds", SecondsOfADay) is { } seconds
                ? TimeSpan.FromSeconds(seconds)
                : fallback.ExtendedSessionIdleTimeout,
            StoreInputsInOrchestrationHistory = section.Flag("storeInputsInOrchestrationHistory") ?? fallback.StoreInputsInOrchestrationHistory,
            DefaultVersion = section.Text("defaultVersion") ?? fallback.DefaultVersion,
            VersionMatchStrategy = section.OneOf<VersioningSettings.VersionMatchStrategy>("versionMatchStrategy") ?? fallback.VersionMatchStrategy,
            VersionFailureStrategy = section.OneOf<VersioningSettings.VersionFailureStrategy>("versionFailureStrategy") ?? fallback.VersionFailureStrategy,
        };
    }
}
