using EmbeddedHost.Timers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Tells when the next scheduled run is due.</summary>
internal static class ScheduleCheck
{
    public const string Name = "schedule";

    public static IAsyncEnumerable<Finding> RunAsync(IServiceProvider services)
    {
        var schedule = services.GetRequiredService<IConfiguration>()["Schedule"] ?? "";
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        return new[] { Look(schedule, now) }.ToAsyncEnumerable();
    }

    internal static Finding Look(string schedule, DateTimeOffset now)
    {
        try
        {
            var next = DueTimes.Next(schedule, now);
            return Finding.Ok(Name, $"'{schedule}' is next due on {next:yyyy-MM-dd HH:mm:ss} UTC. It counts while 'spotify-etl serve' runs.");
        }
        catch (FormatException exception)
        {
            return Finding.Failed(Name, exception.Message, "Set Schedule to one that is.");
        }
    }
}
