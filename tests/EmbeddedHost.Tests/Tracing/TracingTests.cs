using System.Diagnostics;
using EmbeddedHost.Tests.Hosting;
using static EmbeddedHost.Tests.Http.WebHost;

namespace EmbeddedHost.Tests.Tracing;

/// <summary>What the worker and the framework tell of an orchestration or a request is one trace.</summary>
public sealed class TracingTests
{
    // Each once, though the framework takes an orchestration up many times.
    private static readonly string[] s_journey =
    [
        "activity:Hold > activity:Hold",
        "activity:Part > activity:Part",
        "activity:Part > activity:Part",
        "create_orchestration:Journey > orchestration:Journey",
        "orchestration:Ends > activity:Part",
        "orchestration:Ends > orchestration:Ends",
        "orchestration:Journey > activity:Hold",
        "orchestration:Journey > activity:Part",
        "orchestration:Journey > orchestration:Ends",
        "orchestration:Journey > orchestration:Journey:timer",
        "test > create_orchestration:Journey",
    ];

    [Fact]
    public async Task An_orchestration_is_one_trace_of_what_it_did()
    {
        using CollectedSpans spans = new();
        await using var host = await StartAsync();
        var errand = host.Folder.Errand();
        errand.LetGo();

        await host.RunAsync("Journey", "j1", errand);

        Assert.Equal(s_journey, spans.Tree().Where(IsDurable));
        Assert.Contains("orchestration:Journey > Invoke", spans.Tree());
        Assert.Equal(3, spans.Tree().Count(branch => branch is "activity:Part > Invoke" or "activity:Hold > Invoke"));
        var parent = spans.Ended.First(span => span.DisplayName == "orchestration:Journey");
        Assert.Equal(("j1", "orchestration"), (parent.GetTagItem("durabletask.task.instance_id"), parent.GetTagItem("durabletask.type")));
    }

    [Fact]
    public async Task A_trace_goes_on_in_the_host_that_goes_on_with_its_orchestration()
    {
        using CollectedSpans spans = new();
        using SampleFolder folder = new();
        var errand = folder.Errand();
        await using (var first = await StartAsync(folder: folder))
        {
            await first.BeginAsync("Journey", "j1", errand);
            await Until.TrueAsync(() => errand.Runs == 1);
            await first.StopAsync();
        }

        errand.LetGo();
        await using var second = await StartAsync(folder: folder);
        await second.Client.WaitForInstanceCompletionAsync("j1", Cancellation);

        Assert.Equal(s_journey, spans.Tree().Where(IsDurable));
    }

    [Fact]
    public async Task A_request_is_part_of_its_callers_trace_and_no_span_holds_a_query_or_a_key()
    {
        using CollectedSpans spans = new();
        await using var host = await StartAsync(listen => listen.MasterKey = "master-key");

        using HttpRequestMessage request = new(HttpMethod.Get, "/api/Trace?code=master-key&secret=query");
        request.Headers.Add("x-functions-key", "master-key");
        request.Headers.Add("traceparent", spans.Root.Id);
        using var response = await host.Http.SendAsync(request, Cancellation);
        var seen = await JsonOf(response);

        Assert.Contains(spans.Root.TraceId.ToHexString(), seen.GetProperty("traceParent").GetString(), StringComparison.Ordinal);
        Assert.Contains(spans.Root.TraceId.ToHexString(), seen.GetProperty("current").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            [
                "Microsoft.AspNetCore.Hosting.HttpRequestIn > Invoke",
                "Microsoft.AspNetCore.Hosting.HttpRequestIn > Microsoft.AspNetCore.Hosting.HttpRequestIn",
                "test > Microsoft.AspNetCore.Hosting.HttpRequestIn",
            ],
            spans.Tree());
        Assert.DoesNotContain(
            spans.Ended.SelectMany(span => span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Append(span.DisplayName)),
            text => text.Contains("master-key", StringComparison.Ordinal) || text.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("CallsOdd", "throws that it was cancelled")]
    [InlineData("Break", null)]
    public async Task A_failure_is_on_the_span_of_its_orchestration(string orchestrator, string? input)
    {
        using CollectedSpans spans = new();
        await using var host = await StartAsync();

        var end = await host.RunAsync(orchestrator, "f1", input);

        Assert.Equal(Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        var span = Assert.Single(spans.Ended, span => span.DisplayName == "orchestration:" + orchestrator);
        Assert.Equal((ActivityStatusCode.Error, "Failed"), (span.Status, span.GetTagItem("durabletask.task.status")));
    }

    // What the worker ran is told by the worker, each time; the calls of the host's own client come over HTTP.
    private static bool IsDurable(string branch) =>
        !branch.EndsWith(" > Invoke", StringComparison.Ordinal) && !branch.EndsWith(" > Microsoft.AspNetCore.Hosting.HttpRequestIn", StringComparison.Ordinal);
}
