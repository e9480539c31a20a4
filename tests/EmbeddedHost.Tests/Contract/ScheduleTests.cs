using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Starting orchestrations.</summary>
public abstract class ScheduleTests(HostKind kind) : ContractTests(kind)
{
    private const string Full = "client.ScheduleNewOrchestrationInstanceAsync(TaskName, object, StartOrchestrationOptions, CancellationToken)";

    [Fact]
    [Covers(Full)]
    [Covers("client.ScheduleNewOrchestrationInstanceAsync(TaskName, CancellationToken)")]
    [Covers("client.ScheduleNewOrchestrationInstanceAsync(TaskName, object, CancellationToken)")]
    [Covers("client.ScheduleNewOrchestrationInstanceAsync(TaskName, StartOrchestrationOptions, CancellationToken)")]
    public async Task Every_form_of_a_start_starts()
    {
        await using var host = await StartStandardAsync();
        var client = host.Client;

        var bare = await client.ScheduleNewOrchestrationInstanceAsync("Echo", Cancellation);
        var withInput = await client.ScheduleNewOrchestrationInstanceAsync("echo", "a", Cancellation);
        var withOptions = await client.ScheduleNewOrchestrationInstanceAsync("Echo", new StartOrchestrationOptions("with-options"), Cancellation);
        var withBoth = await client.ScheduleNewOrchestrationInstanceAsync("Echo", "b", new StartOrchestrationOptions("with-both"), Cancellation);

        Assert.True(Guid.TryParseExact(bare, "N", out _), bare);
        Assert.Equal(("with-options", "with-both"), (withOptions, withBoth));
        Assert.Null((await host.EndOfAsync(bare)).SerializedOutput);
        Assert.Equal("\"a\"", (await host.EndOfAsync(withInput)).SerializedOutput);
        Assert.Null((await host.EndOfAsync(withOptions)).SerializedInput);
        Assert.Equal("\"b\"", (await host.EndOfAsync(withBoth)).SerializedOutput);
    }

    [Fact]
    [Covers(Full)]
    public async Task Tags_and_version_stay_with_the_instance()
    {
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<string>("Version", context => context.Version));
        StartOrchestrationOptions options = new("v2") { Version = "2.0", Tags = new Dictionary<string, string> { ["team"] = "data" } };
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Version", null, options, Cancellation);

        var end = await host.EndOfAsync("v2");

        Assert.Equal("2.0", end.ReadOutputAs<string>());
        Assert.Equal("data", Assert.Contains("team", end.Tags));
    }

    [Fact]
    [Covers(Full)]
    public async Task An_instance_for_later_is_pending_and_not_begun()
    {
        NotOnTheJudge("It ignores the time of a scheduled start.");
        await using var host = await StartStandardAsync();
        StartOrchestrationOptions tomorrow = new("later", TimeProvider.System.GetUtcNow().AddDays(1));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Waits", null, tomorrow, Cancellation);

        var pending = await host.FindAsync("later");
        await host.Client.RaiseEventAsync("later", "go", "early", Cancellation);
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => host.RunAsync("Echo", instanceId: "later"));
        await host.Client.TerminateInstanceAsync("later", "not needed", Cancellation);

        Assert.Equal((OrchestrationRuntimeStatus.Pending, false, false), (pending.RuntimeStatus, pending.IsRunning, pending.IsCompleted));
        Assert.Equal(
            (OrchestrationRuntimeStatus.Terminated, "\"not needed\""),
            ((await host.EndOfAsync("later")).RuntimeStatus, (await host.FindAsync("later")).SerializedOutput));
    }

    [Fact]
    [Covers(Full)]
    public async Task An_instance_begins_at_the_time_it_is_for_and_at_once_when_that_is_past()
    {
        NotOnTheJudge("It ignores the time of a scheduled start.");
        await using var host = await StartAsync(tasks => tasks.AddOrchestratorFunc<DateTime>("Now", context => context.CurrentUtcDateTime));
        var soon = TimeProvider.System.GetUtcNow().AddMilliseconds(150);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Now", null, new StartOrchestrationOptions("soon", soon), Cancellation);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Now", null, new StartOrchestrationOptions("past", soon.AddDays(-1)), Cancellation);

        Assert.True((await host.EndOfAsync("soon")).ReadOutputAs<DateTime>() >= soon.UtcDateTime);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.EndOfAsync("past")).RuntimeStatus);
    }

    [Theory]
    [Covers(Full)]
    [InlineData(OrchestrationRuntimeStatus.Pending, true)]
    [InlineData(OrchestrationRuntimeStatus.Running, true)]
    [InlineData(OrchestrationRuntimeStatus.Suspended, true)]
    [InlineData(OrchestrationRuntimeStatus.Completed, false)]
    [InlineData(OrchestrationRuntimeStatus.Failed, false)]
    [InlineData(OrchestrationRuntimeStatus.Terminated, false)]
    public async Task An_id_is_free_again_when_its_instance_has_ended(OrchestrationRuntimeStatus status, bool isTaken)
    {
        NotOnTheJudge("It starts an orchestration under an id that is in use, and ignores the time of a scheduled start.");
        await using var host = await StartStandardAsync();
        await host.BringToAsync(status, "id");

        if (isTaken)
        {
            var refusal = await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => host.RunAsync("Echo", "new", "id"));
            Assert.Equal("An Orchestration instance with the ID id already exists.", refusal.Message);
            Assert.Equal(status, (await host.FindAsync("id")).RuntimeStatus);
        }
        else
        {
            var end = await host.RunAsync("Echo", "new", "id");
            Assert.Equal(("\"new\"", "Echo"), (end.SerializedOutput, end.Name));
        }
    }

    [Theory]
    [Covers(Full)]
    [InlineData(OrchestrationRuntimeStatus.Pending)]
    [InlineData(OrchestrationRuntimeStatus.Running)]
    [InlineData(OrchestrationRuntimeStatus.Suspended)]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task Dedupe_statuses_say_which_instances_keep_a_new_one_out(OrchestrationRuntimeStatus status)
    {
        NotOnTheJudge("It starts an orchestration under an id that is in use.");
        await using var host = await StartStandardAsync();
        OrchestrationRuntimeStatus[] live = [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];
        await host.BringToAsync(status, "id");

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => host.Client.ScheduleNewOrchestrationInstanceAsync(
            "Echo", "new", new StartOrchestrationOptions("id").WithDedupeStatuses([status, .. live]), Cancellation));
        StartOrchestrationOptions others = new StartOrchestrationOptions("id").WithDedupeStatuses([.. live.Where(other => other != status)]);
        if (live.Contains(status))
        {
            // host.json's overridableExistingInstanceStates is NonRunningStates unless it says AnyState: no client replaces what is live.
            await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() =>
                host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", "new", others, Cancellation));
            return;
        }

        await host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", "new", others, Cancellation);

        Assert.Equal("new", (await host.EndOfAsync("id")).ReadOutputAs<string>());
    }

    [Fact]
    [Covers(Full)]
    public async Task Dedupe_statuses_that_make_no_sense_are_refused()
    {
        await using var host = await StartStandardAsync();

        var misspelt = await Assert.ThrowsAsync<ArgumentException>(() => host.Client.ScheduleNewOrchestrationInstanceAsync(
            "Echo", null, new StartOrchestrationOptions("id") { DedupeStatuses = ["Bogus"] }, Cancellation));

        Assert.Contains("'Bogus'", misspelt.Message, StringComparison.Ordinal);
        Assert.Null(await host.Client.GetInstanceAsync("id", Cancellation));
        Assert.Equal(7, StartOrchestrationOptionsExtensions.ValidDedupeStatuses.Count);
    }

    [Fact]
    [Covers(Full)]
    public async Task Of_many_starts_of_one_id_at_once_one_succeeds()
    {
        NotOnTheJudge("It starts an orchestration under an id that is in use.");
        await using var host = await StartStandardAsync();

        var starts = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Task.Run(() => TryAsync($"{number}"))));

        Assert.Single(starts, started => started);
        await host.Client.RaiseEventAsync("one", "go", "end", Cancellation);
        Assert.Equal("end", (await host.EndOfAsync("one")).ReadOutputAs<string>());

        async Task<bool> TryAsync(string input)
        {
            try
            {
                await host.Client.ScheduleNewOrchestrationInstanceAsync("Waits", input, new StartOrchestrationOptions("one"), Cancellation);
                return true;
            }
            catch (OrchestrationAlreadyExistsException)
            {
                return false;
            }
        }
    }

    [Theory]
    [Covers(Full)]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b ?")]
    [InlineData("a\tb")]
    [InlineData("Grüße")]
    public async Task An_id_may_be_of_any_characters(string id)
    {
        await using var host = await StartStandardAsync();

        var end = await host.RunAsync("Echo", "x", id);

        Assert.Equal((id, "x"), (end.InstanceId, end.ReadOutputAs<string>()));
        Assert.Equal(id, (await host.FindAsync(id)).InstanceId);
    }

    [Fact]
    [Covers(Full)]
    public async Task An_id_that_begins_like_an_entitys_is_refused()
    {
        NotOnTheJudge("It takes such an id.");
        await using var host = await StartStandardAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => host.RunAsync("Echo", instanceId: "@a@b"));
    }

    [Theory]
    [Covers(Full)]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("a%b")]
    [InlineData("a'b")]
    [InlineData("ü|ß")]
    [InlineData("%_")]
    public async Task An_id_with_odd_but_allowed_characters_is_taken_as_it_is(string id)
    {
        await using var host = await StartStandardAsync();

        Assert.Equal(id, (await host.RunAsync("Echo", instanceId: id)).InstanceId);
        Assert.Null(await host.Client.GetInstanceAsync(id + "x", Cancellation));
    }

    [Fact]
    [Covers(Full)]
    public async Task Ids_differ_by_case()
    {
        await using var host = await StartStandardAsync();
        await host.BeginAsync("Waits", instanceId: "id");

        Assert.Equal("other", (await host.RunAsync("Echo", "other", "ID")).ReadOutputAs<string>());
    }

    [Fact]
    [Covers(Full)]
    public async Task A_start_without_a_name_or_of_a_cancelled_token_is_refused()
    {
        await using var host = await StartStandardAsync();
        var client = host.Client;
        StartOrchestrationOptions id = new("id");

        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.ScheduleNewOrchestrationInstanceAsync(string.Empty, null, id, Cancellation));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.ScheduleNewOrchestrationInstanceAsync(default, null, id, Cancellation));
        await CancelledAsync(() => client.ScheduleNewOrchestrationInstanceAsync("Echo", null, id, new CancellationToken(canceled: true)));

        Assert.Null(await client.GetInstanceAsync("id", Cancellation));
    }
}

public sealed class ScheduleTestsInSessions() : ScheduleTests(HostKind.Sessions);

public sealed class ScheduleTestsReplayed() : ScheduleTests(HostKind.Replay);

public sealed class ScheduleTestsOnTheJudge() : ScheduleTests(HostKind.Judge);
