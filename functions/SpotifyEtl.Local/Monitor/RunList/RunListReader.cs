using EmbeddedHost.TaskHub;
using EmbeddedHost.Timers;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Health;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Report;
using SpotifyEtl.Triggers;

namespace SpotifyEtl.Local.Monitor.RunList;

/// <summary>Reads what the list of runs shows.</summary>
internal sealed class RunListReader(
    IInstanceSearch instances,
    DurableTaskClient client,
    ITimerSchedules schedules,
    HealthCheck health,
    LatestReport report,
    ILake lake,
    TimeProvider time)
{
    public async Task<RunListPage> ReadAsync(RunListQuery query, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (page, total) = await instances.FindAsync(query.ToFilter(), cancellationToken);
        var newest = query == new RunListQuery()
            ? page
            : (await instances.FindAsync(new RunListQuery().ToFilter() with { Take = RunStrip.MostRuns }, cancellationToken)).Instances;
        var verdict = await health.LookAsync(cancellationToken);
        return new RunListPage(query, [.. page.Select(instance => RunRow.Of(instance, now))], total, lake.Location)
        {
            Health = verdict,
            HasLastGoodRun = verdict.LastGoodRun is { } good && await client.GetInstanceAsync(good.RunId, cancellationToken) is not null,
            Schedule = schedules.List().FirstOrDefault(function => function.Name == nameof(ScheduledRun)),
            ReportAt = report.WrittenAt,
            Strip = new RunStrip([.. newest.Take(RunStrip.MostRuns).Reverse().Select(instance => RunRow.Of(instance, now))]),
        };
    }
}
