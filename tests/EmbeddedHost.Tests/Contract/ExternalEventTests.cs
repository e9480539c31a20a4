using System.Text.Json;
using Grpc.Core;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Events from outside and from other orchestrations.</summary>
public abstract class ExternalEventTests(HostKind kind) : ContractTests(kind)
{
    private const string Wait = "context.WaitForExternalEvent<T>(string, CancellationToken)";
    private const string Timeout = "context.WaitForExternalEvent<T>(string, TimeSpan)";
    private const string TimeoutAndToken = "context.WaitForExternalEvent<T>(string, TimeSpan, CancellationToken)";
    private const string Raise = "client.RaiseEventAsync(string, string, object, CancellationToken)";
    private const string RaiseBare = "client.RaiseEventAsync(string, string, CancellationToken)";
    private const string Send = "context.SendEvent(string, string, object)";

    [Fact]
    [Covers(Wait)]
    [Covers(Raise)]
    public async Task An_event_is_given_to_the_wait_for_its_name_whatever_the_case()
    {
        await using var host = await StartStandardAsync();
        var id = await host.BeginAsync("Waits");

        await host.Client.RaiseEventAsync(id, "other", "nobody waits", Cancellation);
        await host.Client.RaiseEventAsync(id, "GO", "ada", Cancellation);

        Assert.Equal("ada", (await host.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    [Covers(RaiseBare)]
    public async Task An_event_without_a_payload_is_null()
    {
        await using var host = await StartStandardAsync();
        var id = await host.BeginAsync("Waits");

        await host.Client.RaiseEventAsync(id, "go", Cancellation);

        var end = await host.EndOfAsync(id);
        Assert.Equal((OrchestrationRuntimeStatus.Completed, null), (end.RuntimeStatus, end.ReadOutputAs<string>()));
    }

    [Fact]
    [Covers(Wait)]
    public async Task Events_that_come_before_the_wait_are_kept_in_order()
    {
        TaskCompletionSource release = new();
        await using var host = await StartAsync(tasks => tasks
            .AddActivityFunc<string?, int>("Hold", async (_, _) =>
            {
                await release.Task;
                return 0;
            })
            .AddOrchestratorFunc<string>("Late", async context =>
            {
                await context.CallActivityAsync("Hold");
                return $"{await context.WaitForExternalEvent<int>("n")} {await context.WaitForExternalEvent<int>("n")} "
                    + $"{await context.WaitForExternalEvent<string?>("s") ?? "null"}";
            }));
        var id = await host.BeginAsync("Late");
        await host.Client.RaiseEventAsync(id, "n", 1, Cancellation);
        await host.Client.RaiseEventAsync(id, "s", null, Cancellation);
        await host.Client.RaiseEventAsync(id, "n", 2, Cancellation);

        release.SetResult();

        Assert.Equal("1 2 null", (await host.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    [Covers(Raise)]
    public async Task An_event_can_be_raised_before_its_instance_has_begun()
    {
        await using var host = await StartStandardAsync();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Waits", Cancellation);

        await host.Client.RaiseEventAsync(id, "go", "early", Cancellation);

        Assert.Equal("early", (await host.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    [Covers(Wait)]
    public async Task Of_two_waits_for_one_name_the_newest_gets_the_first_event()
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<string>("Two", async context =>
        {
            var first = context.WaitForExternalEvent<string>("e");
            var second = context.WaitForExternalEvent<string>("e");
            return $"{await first} {await second}";
        }));
        var id = await host.BeginAsync("Two");

        await host.Client.RaiseEventAsync(id, "e", "one", Cancellation);
        await host.Client.RaiseEventAsync(id, "e", "two", Cancellation);

        Assert.Equal("two one", (await host.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    [Covers(Wait)]
    public async Task A_payload_is_read_as_the_type_that_is_waited_for()
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<string>("Typed", async context =>
        {
            var order = await context.WaitForExternalEvent<Order>("order");
            var numbers = await context.WaitForExternalEvent<int[]>("numbers");
            return $"{order.Id} {order.Lines["pen"]} {numbers.Sum()}";
        }));
        var id = await host.BeginAsync("Typed");

        await host.Client.RaiseEventAsync(id, "order", new Order("A7", new Dictionary<string, int> { ["pen"] = 3 }), Cancellation);
        await host.Client.RaiseEventAsync(id, "numbers", new[] { 1, 2, 3 }, Cancellation);

        Assert.Equal("A7 3 6", (await host.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    [Covers(Wait)]
    public async Task A_payload_of_the_wrong_type_fails_the_instance()
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<int>("Number", context => context.WaitForExternalEvent<int>("n")));
        var id = await host.BeginAsync("Number");

        await host.Client.RaiseEventAsync(id, "n", "seven", Cancellation);

        var end = await host.EndOfAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.True(end.FailureDetails!.IsCausedBy<JsonException>(), end.ToString());
    }

    [Fact]
    [Covers(Timeout)]
    public async Task A_wait_with_a_timeout_is_cancelled_when_the_time_is_over()
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<string>("Wait", async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("never", TimeSpan.FromMilliseconds(20));
            }
            catch (TaskCanceledException)
            {
                return "timed out";
            }
        }));

        Assert.Equal("timed out", await host.ResultOfAsync<string>("Wait"));
    }

    [Fact]
    [Covers(Timeout)]
    [Covers(TimeoutAndToken)]
    public async Task A_wait_with_a_timeout_ends_with_an_event_that_comes_in_time_and_the_timer_does_not_delay_the_end()
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<string>("Wait", async context =>
            await context.WaitForExternalEvent<string>("first", TimeSpan.FromDays(1))
            + await context.WaitForExternalEvent<string>("second", TimeSpan.FromDays(1), CancellationToken.None)));
        var id = await host.BeginAsync("Wait");

        await host.Client.RaiseEventAsync(id, "first", "a", Cancellation);
        await host.Client.RaiseEventAsync(id, "second", "b", Cancellation);

        Assert.Equal("ab", (await host.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Theory]
    [Covers(Wait)]
    [Covers(TimeoutAndToken)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cancelled_wait_is_cancelled_and_the_next_one_gets_the_event(bool withTimeout)
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<bool, string>("Drop", async (context, timeout) =>
        {
            using CancellationTokenSource cancellation = new();
            var dropped = timeout
                ? context.WaitForExternalEvent<string>("e", TimeSpan.FromDays(1), cancellation.Token)
                : context.WaitForExternalEvent<string>("e", cancellation.Token);
            cancellation.Cancel();
            try
            {
                return await dropped;
            }
            catch (TaskCanceledException)
            {
                return "dropped, then " + await context.WaitForExternalEvent<string>("e");
            }
        }));
        var id = await host.BeginAsync("Drop", withTimeout);

        await host.Client.RaiseEventAsync(id, "e", "taken", Cancellation);

        Assert.Equal("dropped, then taken", (await host.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    [Covers(Wait)]
    public async Task A_wait_of_a_cancelled_token_is_cancelled_from_the_start()
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<string>("Wait", async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("e", new CancellationToken(canceled: true));
            }
            catch (TaskCanceledException)
            {
                return "cancelled";
            }
        }));

        Assert.Equal("cancelled", await host.ResultOfAsync<string>("Wait"));
    }

    [Fact]
    [Covers(Send)]
    public async Task An_orchestration_sends_events_to_another_and_nobody_gets_one_that_has_no_receiver()
    {
        await using var host = await StartStandardAsync(tasks => tasks.AddOrchestratorFunc<string>("Sender", context =>
        {
            context.SendEvent("nobody", "go", "lost");
            context.SendEvent("receiver", "go", $"hello from {context.InstanceId}");
            return "sent";
        }));
        await host.BeginAsync("Waits", instanceId: "receiver");

        Assert.Equal("sent", await host.ResultOfAsync<string>("Sender", instanceId: "sender"));

        Assert.Equal("hello from sender", (await host.EndOfAsync("receiver")).ReadOutputAs<string>());
        Assert.Null(await host.Client.GetInstanceAsync("nobody", Cancellation));
    }

    [Fact]
    [Covers(Send)]
    public async Task An_orchestration_may_send_an_event_to_itself()
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<int>("Self", async context =>
        {
            context.SendEvent(context.InstanceId, "n", 7);
            return await context.WaitForExternalEvent<int>("n");
        }));

        Assert.Equal(7, await host.ResultOfAsync<int>("Self"));
    }

    [Fact]
    [Covers(Raise)]
    public async Task An_event_that_cannot_be_delivered_is_refused_and_the_reason_said()
    {
        NotOnTheJudge("It refuses no event.");
        await using var host = await StartStandardAsync();
        await host.RunAsync("Echo", instanceId: "ended");
        await host.BeginAsync("Waits", instanceId: "live");
        var client = host.Client;

        await RefusedAsync(StatusCode.NotFound, "No instance with ID 'nope' was found.", () => client.RaiseEventAsync("nope", "e", null, Cancellation));
        await RefusedAsync(
            StatusCode.FailedPrecondition,
            "The orchestration instance with the provided instance id is not running.",
            () => client.RaiseEventAsync("ended", "e", null, Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.RaiseEventAsync("live", string.Empty, null, Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.RaiseEventAsync(string.Empty, "go", null, Cancellation));
        await CancelledAsync(() => client.RaiseEventAsync("live", "go", null, new CancellationToken(canceled: true)));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.FindAsync("live")).RuntimeStatus);
    }

    private sealed record Order(string Id, Dictionary<string, int> Lines);
}

public sealed class ExternalEventTestsInSessions() : ExternalEventTests(HostKind.Sessions);

public sealed class ExternalEventTestsReplayed() : ExternalEventTests(HostKind.Replay);

public sealed class ExternalEventTestsOnTheJudge() : ExternalEventTests(HostKind.Judge);
