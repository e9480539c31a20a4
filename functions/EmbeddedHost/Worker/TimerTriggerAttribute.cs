using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Makes the function run on a schedule; marks its TimerInfo.</summary>
/// <param name="schedule">NCRONTAB of five or six fields in UTC, an interval (<c>00:05:00</c>), or <c>%Setting%</c> for a setting that holds one.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
{
    /// <summary>When the function runs.</summary>
    public string Schedule { get; } = schedule;

    /// <summary>Whether it also runs whenever the host starts. Default: false.</summary>
    public bool RunOnStartup { get; set; }

    /// <summary>Whether due times outlive the host, so that a missed one is made up; schedules finer than a minute never do. Default: true.</summary>
    public bool UseMonitor { get; set; } = true;
}
