using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fluid;
using Fluid.Values;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Newtonsoft.Json.Linq;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Payloads;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Functions.Tests.Deploy;

/// <summary>The files that Durable Functions Monitor reads, read and rendered as it does.</summary>
public sealed class DurableFunctionsMonitorTests
{
    private static readonly string[] s_triggers = ["activityTrigger", "httpTrigger", "orchestrationTrigger", "timerTrigger"];

    private static readonly RunResult s_result = new()
    {
        RunId = "manual-20261127T060000Z-0001",
        Status = RunStatus.Succeeded,
        StartedAt = new DateTimeOffset(2026, 11, 27, 6, 0, 0, TimeSpan.Zero),
        EndedAt = new DateTimeOffset(2026, 11, 27, 6, 0, 9, TimeSpan.Zero),
        Playlists =
        [
            PlaylistResult.Loaded("37i9dQZEVXbMDoHDwVN2tF", "<b>Top & more</b>", "snapshot", 50, "raw_data/to_process/a.json"),
            PlaylistResult.Skipped("37i9dQZEVXbNG2KDcFcKOF", null, "snapshot"),
        ],
        Files = new FileCounts(Transformed: 3, Rejected: 1, Failed: 0),
        Rows = RowCounts.Of(
            new Dictionary<string, long> { ["album"] = 40, ["artist"] = 52, ["song"] = 49, ["playlist"] = 50, ["song_artist"] = 70, ["rejected"] = 2 }),
        Crawlers = [],
        Problems = [],
        Warnings = ["The notification was not sent."],
    };

    [Fact]
    public void The_functions_map_has_every_function_of_the_app_with_its_trigger_and_who_calls_it()
    {
        var map = JsonNode.Parse(File.ReadAllText(DeployFolder.PathOf("durable-functions-monitor/function-maps/dfm-func-map.json")))!["functions"]!.AsObject();

        var expected = typeof(RunEtl).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)
            .Select(method => (method.GetCustomAttribute<FunctionAttribute>()!.Name, TriggerOf(method)));
        Assert.Equal(
            expected.Order(), map.Select(function => (function.Key, Assert.Single(TypesOf(function.Value!), type => s_triggers.Contains(type)))).Order());
        Assert.All(map, function =>
        {
            var callers = function.Value!["isCalledBy"]!.AsArray().Select(caller => (string)caller!).ToList();
            Assert.All(callers, caller => Assert.Contains(caller, map.Select(other => other.Key)));
            Assert.Equal(TypesOf(function.Value!).Any(type => type is "activityTrigger" or "orchestrationTrigger"), callers.Count > 0);
        });

        static IEnumerable<string> TypesOf(JsonNode function) => function["bindings"]!.AsArray().Select(binding => (string)binding!["type"]!);
    }

    [Fact]
    public void The_tab_shows_what_a_run_loaded_with_its_warnings_and_names_as_text()
    {
        var page = Render(OrchestrationRuntimeStatus.Completed, EndedStatus.Of(s_result), Json(s_result));

        Assert.Contains("<h3>Succeeded</h3>", page, StringComparison.Ordinal);
        Assert.Contains("1 loaded", page, StringComparison.Ordinal);
        Assert.Contains("1 skipped", page, StringComparison.Ordinal);
        Assert.Contains("3 transformed", page, StringComparison.Ordinal);
        Assert.Contains("49 songs", page, StringComparison.Ordinal);
        Assert.Contains("40 albums, 52 artists", page, StringComparison.Ordinal);
        Assert.Contains("<td>&lt;b&gt;Top &amp; more&lt;/b&gt;</td><td>Loaded</td><td>50</td>", page, StringComparison.Ordinal);
        Assert.Contains(
            "<td>37i9dQZEVXbNG2KDcFcKOF</td><td>Skipped</td><td>0</td><td>It has not changed since it was loaded.</td>", page, StringComparison.Ordinal);
        Assert.Contains("<b>Warning:</b> The notification was not sent.", page, StringComparison.Ordinal);
        Assert.Contains("Lake: s3://bucket", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tab_of_a_run_that_goes_on_says_how_far_it_is()
    {
        var page = Render(OrchestrationRuntimeStatus.Running, new RunProgress(RunPhase.Transform, Done: 7, Total: 9, Failed: 1), output: "");

        Assert.Contains("<h3>Transform: 7 of 9, 1 failed</h3>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<table", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tab_of_a_run_that_failed_has_its_reason_and_what_it_did_before()
    {
        var failed = s_result with { Status = RunStatus.Failed, Problems = ["The crawler is gone."] };

        var page = Render(OrchestrationRuntimeStatus.Failed, EndedStatus.Of(failed), "Run failed: <the crawler> is gone.");
        var early = Render(OrchestrationRuntimeStatus.Failed, EndedStatus.Failed, "Run failed: the lake is gone.");
        var ended = Render(OrchestrationRuntimeStatus.Terminated, "", "Cancelled.");

        Assert.Contains("<h3>Failed</h3>", page, StringComparison.Ordinal);
        Assert.Contains("<b>Failed:</b> Run failed: &lt;the crawler&gt; is gone.", page, StringComparison.Ordinal);
        Assert.Contains("3 transformed", page, StringComparison.Ordinal);
        Assert.Contains("<b>Failed:</b> Run failed: the lake is gone.", early, StringComparison.Ordinal);
        Assert.DoesNotContain("<table", early, StringComparison.Ordinal);
        Assert.Contains("<h3>Terminated</h3>", ended, StringComparison.Ordinal);
        Assert.Contains("<b>Terminated:</b> Cancelled.", ended, StringComparison.Ordinal);
    }

    private static string TriggerOf(MethodInfo method) => method.GetParameters()
        .SelectMany(parameter => parameter.GetCustomAttributes())
        .Select(attribute => JsonNamingPolicy.CamelCase.ConvertName(attribute.GetType().Name[..^"Attribute".Length]))
        .Single(s_triggers.Contains);

    private static JToken Json<T>(T value) => JToken.Parse(JsonSerializer.Serialize(value, PayloadJson.Options));

    // As DurableFunctionsMonitor.DotNetIsolated 6 renders it: Fluid without an encoder, on Newtonsoft's JSON.
    private static string Render<T>(OrchestrationRuntimeStatus status, T customStatus, JToken output)
    {
        var template = new FluidParser().Parse(File.ReadAllText(DeployFolder.PathOf("durable-functions-monitor/tab-templates/Run.RunEtl.liquid")));
        TemplateOptions options = new();
        options.MemberAccessStrategy.Register<JObject, object>((found, name) => found[name]!);
        options.ValueConverters.Add(value => value is JObject found ? new ObjectValue(found) : null);
        options.ValueConverters.Add(value => value is JValue found ? found.Value : null);
        RunRequest request = new() { Lake = "s3://bucket", Playlists = [], Crawlers = [], CrawlerTimeout = TimeSpan.FromMinutes(30) };
        return template.Render(new TemplateContext(new Instance(status, customStatus is string ? "" : Json(customStatus), Json(request), output), options));
    }

    private sealed record Instance(OrchestrationRuntimeStatus RuntimeStatus, JToken CustomStatus, JToken Input, JToken Output);
}
