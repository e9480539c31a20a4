using DurableTask.Core;

namespace DurableTask.Sqlite.Dispatch;

/// <summary>Keeps an orchestration in memory between its episodes; its next messages come from there too.</summary>
internal sealed class OrchestrationSession(OrchestrationQueue queue, TimeSpan idleTimeout) : IOrchestrationSession
{
    public async Task<IList<TaskMessage>?> FetchNewOrchestrationMessagesAsync(TaskOrchestrationWorkItem workItem) =>
        await queue.FetchNextAsync((OrchestrationWorkItem)workItem, idleTimeout) ? [.. ((OrchestrationWorkItem)workItem).Taken.Select(letter => letter.Message)] : null;

    public Task EndSessionAsync() => Task.CompletedTask;
}
