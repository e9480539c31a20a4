using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Entities;
using Microsoft.DurableTask.Testing;

namespace EmbeddedHost.Tests.Testing;

public sealed class NotOfferedTests
{
    private const string WhereItWorks = "the embedded host has none; they work on the Azure host";

    [Fact]
    public async Task Entities_are_refused_by_the_client_and_in_an_orchestrator_and_the_message_says_where_they_work()
    {
        await using var host = await DurableTaskTestHost.StartAsync(
            tasks => tasks.AddOrchestratorFunc<bool>("Asks", context => context.Entities is null), cancellationToken: TestContext.Current.CancellationToken);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Asks", TestContext.Current.CancellationToken);

        var end = await host.Client.WaitForInstanceCompletionAsync(id, TestContext.Current.CancellationToken);
        var refusal = Assert.Throws<NotSupportedException>(() => host.Client.Entities);

        Assert.True(end.FailureDetails!.IsCausedBy<NotSupportedException>());
        Assert.Contains(WhereItWorks, end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(WhereItWorks, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_registry_refuses_an_entity_in_every_form_and_names_it()
    {
        DurableTaskRegistry tasks = new();
        var type = typeof(Counter);
        Func<DurableTaskRegistry>[] forms =
        [
            tasks.AddEntity<Counter>,
            () => tasks.AddEntity<Counter>(nameof(Counter)),
            () => tasks.AddEntity(type),
            () => tasks.AddEntity(nameof(Counter), type),
            () => tasks.AddEntity(new Counter()),
            () => tasks.AddEntity(nameof(Counter), new Counter()),
            () => tasks.AddEntity(nameof(Counter), _ => new Counter()),
        ];

        Assert.All(forms, form => Assert.StartsWith("The entity 'Counter' cannot be added.", Assert.Throws<NotSupportedException>(form).Message, StringComparison.Ordinal));
        Assert.Empty(tasks.GetEntities());
    }

    private sealed class Counter : ITaskEntity;
}
