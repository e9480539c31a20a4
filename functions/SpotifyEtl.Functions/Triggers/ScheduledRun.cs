using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using SpotifyEtl.Instances;

namespace SpotifyEtl.Triggers;

/// <summary>Starts the run of a due time. A tick that comes twice names the same run, and one that meets a live run does nothing.</summary>
public sealed class ScheduledRun(RunRequests requests, RunStarter starter, TimeProvider time, ILogger<ScheduledRun> logger)
{
    [Function(nameof(ScheduledRun))]
    public async Task RunAsync([TimerTrigger("%Schedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var runId = RunId.Scheduled(DueTime(timer));
        var start = await starter.StartDueAsync(client, requests.Create(), runId, cancellationToken);
        switch (start.Verdict)
        {
            case RunStartVerdict.OtherIsLive:
                TriggerLog.TickPassedOver(logger, runId, start.RunId);
                break;
            case RunStartVerdict.IdIsTaken:
                TriggerLog.TickCameTwice(logger, runId);
                break;
        }
    }

    // At invocation Next is the record from before the tick, that is, this tick. It is absent for schedules under a minute and for ticks
    // by hand; and since a tick can come a millisecond early, now is rounded and never cut.
    private DateTimeOffset DueTime(TimerInfo timer)
    {
        if (timer.ScheduleStatus is { } status && status.Next > DateTime.UnixEpoch)
        {
            return new DateTimeOffset(status.Next.ToUniversalTime());
        }

        var now = time.GetUtcNow();
        return DateTimeOffset.FromUnixTimeSeconds((long)Math.Round(now.ToUnixTimeMilliseconds() / 1000.0, MidpointRounding.AwayFromZero));
    }
}
