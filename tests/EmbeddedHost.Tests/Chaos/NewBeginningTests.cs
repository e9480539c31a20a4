using EmbeddedHost.Engine;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Store;
using EmbeddedHost.Tests.Engine;

namespace EmbeddedHost.Tests.Chaos;

public sealed class NewBeginningTests
{
    [Fact]
    public async Task Events_taken_along_come_before_later_ones_when_the_host_was_killed_right_after_the_new_beginning()
    {
        await using EngineHarness harness = new();
        harness.Orchestrator("Collect", async context =>
            $"{await context.WaitForExternalEvent<int>("e")},{await context.WaitForExternalEvent<int>("e")},{await context.WaitForExternalEvent<int>("e")}");
        OrchestrationInstance instance = new("collector", "second", "Collect", string.Empty, null, null, null, null);
        await harness.Store.WriteAsync(writer =>
        {
            var key = writer.AddInstance(instance, DateTime.UnixEpoch);
            writer.AddMessage(Event(number: 1, execution: string.Empty, value: 3));
            writer.AddMessage(Event(number: 2, execution: "second", value: 1));
            writer.AddMessage(Event(number: 3, execution: "second", value: 2));
            return key;
        });

        var end = await harness.Start().EndOfAsync("collector");

        Assert.Equal("1,2,3", end.ReadOutputAs<string>());
    }

    private static StoredMessage Event(long number, string execution, int value) =>
        new(number, "collector", execution, new EventRaised("e", $"{value}") { At = DateTime.UnixEpoch });
}
