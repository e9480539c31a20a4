using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;

namespace SampleApp.Timers;

public sealed class TimerFunctions(IConfiguration configuration)
{
    /// <summary>Starts an orchestration whose id tells the tick.</summary>
    [Function(nameof(Daily))]
    public static async Task Daily(
        [TimerTrigger("%DailySchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var id = $"scheduled-{timer.ScheduleStatus!.Next.ToUniversalTime():yyyyMMddTHHmmssZ}{(timer.IsPastDue ? "-late" : string.Empty)}";
        await client.ScheduleNewOrchestrationInstanceAsync(nameof(DailyRun), null, new StartOrchestrationOptions(id), cancellationToken);
    }

    [Function(nameof(DailyRun))]
    public static Task<string> DailyRun([OrchestrationTrigger] TaskOrchestrationContext context) => Task.FromResult(context.InstanceId);

    /// <summary>Takes until it is let go or told to stop.</summary>
    [Function(nameof(Slow))]
    public async Task Slow([TimerTrigger("%SlowSchedule%", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timer);
        Errand errand = new(configuration["Sample:Folder"]!, "slow");
        errand.Begin();
        await errand.UntilLetGoAsync(cancellationToken);
    }
}
