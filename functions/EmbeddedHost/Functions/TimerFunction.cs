using EmbeddedHost.Timers;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Functions;

/// <summary>A timer function of the app.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ScheduleText">Its schedule, settings filled in.</param>
/// <param name="Schedule">The same, understood.</param>
/// <param name="IsMonitored">Whether its due times outlive the host.</param>
/// <param name="RunOnStartup">Whether it runs when the host starts.</param>
/// <param name="InvokeAsync">Runs it.</param>
internal sealed record TimerFunction(
    string Name, string ScheduleText, TimerSchedule Schedule, bool IsMonitored, bool RunOnStartup, Func<TimerInfo, CancellationToken, Task> InvokeAsync);
