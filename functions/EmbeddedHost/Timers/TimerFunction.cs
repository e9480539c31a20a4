using System.Text.RegularExpressions;
using EmbeddedHost.Worker;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Timers;

/// <summary>A timer function of the app.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ScheduleText">Its schedule, settings filled in.</param>
/// <param name="Schedule">The same, understood.</param>
/// <param name="IsMonitored">Whether its due times outlive the host.</param>
/// <param name="RunOnStartup">Whether it runs when the host starts.</param>
/// <param name="InvokeAsync">Runs it.</param>
internal sealed partial record TimerFunction(
    string Name, string ScheduleText, TimerSchedule Schedule, bool IsMonitored, bool RunOnStartup, Func<TimerTick, CancellationToken, Task> InvokeAsync)
{
    /// <summary>Reads a function's timer trigger.</summary>
    /// <exception cref="HostConfigurationException">The schedule is none, or a setting that it names is not there.</exception>
    public static TimerFunction Of(AppFunction function, IConfiguration configuration, Func<TimerTick, CancellationToken, Task> invoke)
    {
        var given = function.Trigger.Text("schedule") ?? string.Empty;
        var text = FillIn(function.Name, given, configuration);
        TimerSchedule schedule;
        try
        {
            schedule = TimerSchedule.Parse(text);
        }
        catch (FormatException exception)
        {
            var origin = text == given ? string.Empty : $" (from {given})";
            throw new HostConfigurationException(
                $"The timer function '{function.Name}' has the schedule '{text}'{origin}, which is not allowed: {exception.Message}. {TimerSchedule.Allowed}",
                exception);
        }

        var isMonitored = function.Trigger.Flag("useMonitor", fallback: true) && !schedule.IsFinerThanAMinute;
        return new TimerFunction(function.Name, text, schedule, isMonitored, function.Trigger.Flag("runOnStartup", fallback: false), invoke);
    }

    private static string FillIn(string name, string schedule, IConfiguration configuration) => SettingName().Replace(schedule, match =>
    {
        var setting = match.Groups["setting"].Value;
        return configuration[setting] ?? configuration[setting.Replace("__", ":", StringComparison.Ordinal)] ?? throw new HostConfigurationException(
            $"The timer function '{name}' has the schedule '{schedule}', and there is no setting '{setting}'. Add it. {TimerSchedule.Allowed}");
    });

    [GeneratedRegex("%(?<setting>[^%]+)%", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SettingName();
}
