using DurableTask.Core.Settings;
using EmbeddedHost.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Hosting;

public sealed class HostJsonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void All_that_this_host_knows_is_read_and_the_rest_is_left_alone()
    {
        var read = Read(
            """
            {
              // As in Azure's documentation.
              "version": "2.0",
              "functionTimeout": "00:10:00",
              "logging": { "logLevel": { "default": "warning", "Sample": "Trace", "Quiet": "None" }, "applicationInsights": { "samplingSettings": { "isEnabled": true } } },
              "extensions": {
                "http": { "routePrefix": "/v1/x/", "maxOutstandingRequests": 7 },
                "durableTask": {
                  "hubName": "Hub",
                  "maxConcurrentActivityFunctions": 3,
                  "maxConcurrentOrchestratorFunctions": 4,
                  "extendedSessionsEnabled": false,
                  "extendedSessionIdleTimeoutInSeconds": 5,
                  "storeInputsInOrchestrationHistory": true,
                  "defaultVersion": "1.0",
                  "versionMatchStrategy": "strict",
                  "versionFailureStrategy": "Fail",
                  "storageProvider": { "type": "AzureStorage" },
                },
              },
            }
            """);

        Assert.Equal("v1/x", read.RoutePrefix);
        Assert.Equal(TimeSpan.FromMinutes(10), read.FunctionTimeout);
        Assert.Equal(
            [("Quiet", LogLevel.None), ("Sample", LogLevel.Trace), ("default", LogLevel.Warning)],
            read.LogLevels.Select(level => (level.Key, level.Value)).Order());
        Assert.Equal(
            new DurableTaskSettings
            {
                HubName = "Hub",
                MaxConcurrentActivityFunctions = 3,
                MaxConcurrentOrchestratorFunctions = 4,
                ExtendedSessionsEnabled = false,
                ExtendedSessionIdleTimeout = TimeSpan.FromSeconds(5),
                StoreInputsInOrchestrationHistory = true,
                DefaultVersion = "1.0",
                VersionMatchStrategy = VersioningSettings.VersionMatchStrategy.Strict,
                VersionFailureStrategy = VersioningSettings.VersionFailureStrategy.Fail,
            },
            read.DurableTask);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{ "extensions": { "durableTask": null, "http": {} }, "functionTimeout": null }""")]
    public void What_is_not_said_is_as_on_Azure_but_for_extended_sessions(string? json)
    {
        var read = Read(json);

        Assert.Equal(("api", TimeSpan.FromMinutes(30)), (read.RoutePrefix, read.FunctionTimeout));
        Assert.Empty(read.LogLevels);
        Assert.Equal(new DurableTaskSettings(), read.DurableTask);
        Assert.Equal(
            ("TestHubName", 10 * Environment.ProcessorCount, 10 * Environment.ProcessorCount, true, TimeSpan.FromSeconds(30), false),
            (read.DurableTask.HubName, read.DurableTask.MaxConcurrentActivityFunctions, read.DurableTask.MaxConcurrentOrchestratorFunctions,
                read.DurableTask.ExtendedSessionsEnabled, read.DurableTask.ExtendedSessionIdleTimeout, read.DurableTask.StoreInputsInOrchestrationHistory));
    }

    [Theory]
    [InlineData("-1", -0.001)]
    [InlineData("1.00:00:00", 86400)]
    public void A_function_may_have_a_day_or_as_long_as_it_likes(string value, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Read($$"""{ "functionTimeout": "{{value}}" }""").FunctionTimeout);

    [Theory]
    [InlineData("\"00:00:00\"")]
    [InlineData("\"-00:10:00\"")]
    [InlineData("\"ten minutes\"")]
    public void A_functionTimeout_that_is_not_allowed_is_named(string value) =>
        Assert.Equal(
            $"{HostJsonPath}: functionTimeout is {value}; it must be a time of at least a second such as \"00:30:00\", or \"-1\" for no limit.",
            Refusal($$"""{ "functionTimeout": {{value}} }"""));

    [Theory]
    [InlineData("\"maxConcurrentActivityFunctions\": 0", "maxConcurrentActivityFunctions is 0; it must be a whole number above zero.")]
    [InlineData("\"maxConcurrentOrchestratorFunctions\": \"5\"", "maxConcurrentOrchestratorFunctions is \"5\"; it must be a whole number above zero.")]
    [InlineData("\"extendedSessionIdleTimeoutInSeconds\": 1.5", "extendedSessionIdleTimeoutInSeconds is 1.5; it must be a whole number above zero.")]
    [InlineData("\"extendedSessionsEnabled\": \"yes\"", "extendedSessionsEnabled is \"yes\"; it must be true or false.")]
    [InlineData("\"extendedSessionIdleTimeoutInSeconds\": 86401", "extendedSessionIdleTimeoutInSeconds is 86401; it must be at most 86400.")]
    [InlineData("\"hubName\": 7", "hubName is 7; it must be a text.")]
    [InlineData("\"versionMatchStrategy\": \"Newest\"", "versionMatchStrategy is \"Newest\"; it must be one of None, Strict, CurrentOrOlder.")]
    [InlineData("\"versionFailureStrategy\": 1", "versionFailureStrategy is 1; it must be one of Reject, Fail.")]
    public void A_setting_that_is_not_allowed_is_named_with_its_place(string setting, string message) =>
        Assert.Equal($"{HostJsonPath}: extensions.durableTask.{message}", Refusal($$"""{ "extensions": { "durableTask": { {{setting}} } } }"""));

    [Fact]
    public void A_log_level_that_is_none_is_named() =>
        Assert.StartsWith(
            $"{HostJsonPath}: logging.logLevel.Sample is \"Loud\"; it must be one of Trace, Debug,",
            Refusal("""{ "logging": { "logLevel": { "Sample": "Loud" } } }"""),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("{", "cannot be read: ")]
    [InlineData("", "cannot be read: ")]
    [InlineData("[]", "is not a host.json: it must be a JSON object.")]
    public void What_is_no_host_json_is_named(string json, string message) =>
        Assert.StartsWith($"{HostJsonPath} {message}", Refusal(json), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "extensions": [] }""", "extensions is []; it must be an object.")]
    [InlineData("""{ "functionTimeout": "50.00:00:00" }""", "functionTimeout is \"50.00:00:00\"; it must be at most 49 days, or \"-1\" for no limit.")]
    [InlineData(
        """{ "extensions": { "http": { "routePrefix": "a{b" } } }""",
        "extensions.http.routePrefix is \"a{b\"; it must be a text of letters, digits, '-', '_', '.' and '/' such as \"api\", or empty.")]
    [InlineData("""{ "extensions": { "durableTask": "x" } }""", "extensions.durableTask is \"x\"; it must be an object.")]
    public void A_section_that_is_none_is_named(string json, string message) => Assert.Equal($"{HostJsonPath}: {message}", Refusal(json));

    [Fact]
    public void The_task_hubs_name_may_be_a_settings_value()
    {
        var read = Read("""{ "extensions": { "durableTask": { "hubName": "%Hub%" } } }""");

        Assert.Equal("Mine", read.Resolve(Settings(("Hub", "Mine"))).DurableTask.HubName);
        var refusal = Assert.Throws<HostConfigurationException>(() => read.Resolve(Settings()));
        Assert.Equal(
            "host.json: extensions.durableTask.hubName is %Hub%, and there is no setting Hub. Set it, or name the task hub in host.json.", refusal.Message);

        static IConfiguration Settings(params (string Name, string? Value)[] settings) =>
            new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => setting.Value)).Build();
    }

    public void Dispose() => _folder.Dispose();

    private string HostJsonPath => Path.Combine(_folder.Path, "host.json");

    private HostJson Read(string? json)
    {
        if (json is not null)
        {
            File.WriteAllText(HostJsonPath, json);
        }

        return HostJson.Read(HostJsonPath);
    }

    private string Refusal(string json) => Assert.Throws<HostConfigurationException>(() => Read(json)).Message;
}
