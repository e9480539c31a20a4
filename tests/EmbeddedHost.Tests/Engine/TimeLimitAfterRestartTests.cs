using EmbeddedHost.Engine;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Store;
using Microsoft.Extensions.Time.Testing;

namespace EmbeddedHost.Tests.Engine;

public sealed class TimeLimitAfterRestartTests
{
    [Fact]
    public async Task An_event_that_came_in_time_counts_though_the_host_was_down_until_the_limit_had_passed()
    {
        await using EngineHarness harness = new(new FakeTimeProvider());
        harness.Orchestrator("Wait", async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("go", TimeSpan.FromHours(1));
            }
            catch (TaskCanceledException)
            {
                return "too late";
            }
        });
        var start = DateTime.UnixEpoch;
        OrchestrationInstance instance = new("waits", "only", "Wait", string.Empty, null, null, null, null);
        StepOutcome waiting = new(
            [
                new OrchestratorStarted { At = start },
                new ExecutionStarted("Wait", null) { At = start },
                new TimerCreated(0, start.AddHours(1)) { At = start },
            ],
            null);
        await harness.Store.WriteAsync(writer =>
        {
            var key = writer.AddInstance(instance, start);
            writer.AddStep(key, 1, waiting, start);
            writer.AddMessage(new StoredMessage(1, "waits", string.Empty, new EventRaised("go", "\"in time\"") { At = start.AddMinutes(1) }));
            return key;
        });

        var end = await harness.Start().EndOfAsync("waits");

        Assert.Equal("in time", end.ReadOutputAs<string>());
    }
}
