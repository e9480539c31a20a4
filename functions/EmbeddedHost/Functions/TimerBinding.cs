using System.Reflection;
using System.Text.RegularExpressions;
using EmbeddedHost.Timers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Functions;

/// <summary>Binds a method to the timer trigger: its TimerInfo, a cancellation token that says that the host stops, and the durable client.</summary>
internal static partial class TimerBinding
{
    /// <exception cref="HostConfigurationException">The schedule is none, or a setting that it names is not there.</exception>
    /// <exception cref="InvalidOperationException">A parameter cannot be bound.</exception>
    public static TimerFunction Bind(MethodInfo method, string name, TimerTriggerAttribute trigger, IServiceProvider services)
    {
        var text = FillIn(name, trigger.Schedule, services.GetRequiredService<IConfiguration>());
        TimerSchedule schedule;
        try
        {
            schedule = TimerSchedule.Parse(text);
        }
        catch (FormatException exception)
        {
            var origin = text == trigger.Schedule ? string.Empty : $" (from {trigger.Schedule})";
            throw new HostConfigurationException(
                $"The timer function '{name}' has the schedule '{text}'{origin}, which is not allowed: {exception.Message}. {TimerSchedule.Allowed}", exception);
        }

        var isMonitored = trigger.UseMonitor && !schedule.IsFinerThanAMinute;
        return new TimerFunction(name, text, schedule, isMonitored, trigger.RunOnStartup, Invocation(method, name, services));
    }

    private static Func<TimerInfo, CancellationToken, Task> Invocation(MethodInfo method, string name, IServiceProvider services)
    {
        var parameters = method.GetParameters();
        foreach (var parameter in parameters)
        {
            if (parameter.ParameterType != typeof(TimerInfo) && parameter.ParameterType != typeof(CancellationToken) && !DurableClientBinding.Takes(parameter))
            {
                throw new InvalidOperationException(
                    $"The timer function '{name}': its parameter '{parameter.Name}' of type {parameter.ParameterType.Name} cannot be bound. "
                    + "A timer function takes a TimerInfo, a CancellationToken and a [DurableClient] DurableTaskClient; what else it needs goes into its class's constructor.");
            }
        }

        var invoke = MethodCall.Create(method);
        var scopes = services.GetRequiredService<IServiceScopeFactory>();
        var create = method.IsStatic ? null : ActivatorUtilities.CreateFactory(method.DeclaringType!, []);
        return async (info, cancellationToken) =>
        {
            var arguments = new object?[parameters.Length];
            for (var i = 0; i < arguments.Length; i++)
            {
                arguments[i] = parameters[i].ParameterType switch
                {
                    var type when type == typeof(TimerInfo) => info,
                    var type when type == typeof(CancellationToken) => cancellationToken,
                    _ => DurableClientBinding.Resolve(services),
                };
            }

            await using var scope = scopes.CreateAsyncScope();
            await invoke(create?.Invoke(scope.ServiceProvider, null), arguments);
        };
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
