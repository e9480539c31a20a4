using DurableTask.Core;

namespace DurableTask.Sqlite.Dispatch;

/// <summary>Keeps an orchestration in memory between its episodes; its next messages come from there too.</summary>
internal sealed class OrchestrationSession(OrchestrationQueue orchestrations, ActivityQueue activities, TimeSpan idleTimeout) : IOrchestrationSession
{
    // What an episode costs beside its messages is shared by all that come in this time, as writers share a flush. Nobody waits for it: the
    // activities that stand in line take longer.
    private static readonly TimeSpan s_gathering = TimeSpan.FromMilliseconds(5);

    public async Task<IList<TaskMessage>?> FetchNewOrchestrationMessagesAsync(TaskOrchestrationWorkItem workItem)
    {
        if (activities.IsBehind)
        {
            await Task.Delay(s_gathering, TimeProvider.System);
        }

        var item = (OrchestrationWorkItem)workItem;
        return await orchestrations.FetchNextAsync(item, idleTimeout) ? [.. item.Taken.Select(letter => letter.Message)] : null;
    }

    public Task EndSessionAsync() => Task.CompletedTask;
}
