using EmbeddedHost.Timers;
using Microsoft.Extensions.Configuration;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Tells when the next scheduled run is due.</summary>
internal sealed class ScheduleCheck(IConfiguration configuration, TimeProvider time) : IDoctorCheck
{
    public const string Name = "schedule";

    public string Group => "settings";

    public IAsyncEnumerable<Finding> RunAsync(CancellationToken cancellationToken) =>
        new[] { Look(configuration["Schedule"] ?? "") }.ToAsyncEnumerable();

    private Finding Look(string schedule)
    {
        try
        {
            var next = DueTimes.Next(schedule, time.GetUtcNow());
            return Finding.Ok(Name, $"{ScheduleText.Of(schedule)}, next on {next:yyyy-MM-dd HH:mm:ss} UTC, while 'spotify-etl serve' runs");
        }
        catch (FormatException exception)
        {
            return Finding.Failed(Name, exception.Message, "Set Schedule to one that is.");
        }
    }
}
