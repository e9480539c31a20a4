using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Entities;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Durable entities, which this host does not offer and says so. Microsoft's test host has none either, and says nothing.</summary>
public sealed class EntityTests() : ContractTests(HostKind.Sessions)
{
    private static readonly EntityInstanceId s_counter = new("counter", "1");

    [Fact]
    [Covers("client.Entities")]
    public async Task A_client_is_told_that_there_are_no_entities()
    {
        await using var host = await StartStandardAsync();

        // A function's own client takes the call and is refused by the service: its status codes have tests of their own.
        var refusal = Assert.Throws<NotSupportedException>(() => host.Client.Entities);
        Assert.Contains("entities", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("context.Entities")]
    public async Task An_orchestrator_that_calls_an_entity_fails_at_once()
    {
        await using var host = await StartAsync(tasks =>
            tasks.AddOrchestratorFunc<int>("Calls", context => context.Entities.CallEntityAsync<int>(s_counter, "get")));

        var end = await host.RunAsync("Calls");

        Assert.Equal((OrchestrationRuntimeStatus.Failed, typeof(NotSupportedException).FullName), (end.RuntimeStatus, end.FailureDetails?.ErrorType));
    }
}
