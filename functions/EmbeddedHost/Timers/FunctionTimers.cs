using EmbeddedHost.Hosting;
using EmbeddedHost.Worker;
using EmbeddedHost.Worker.Messages;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EmbeddedHost.Timers;

/// <summary>Has the worker run the app's timer functions when they are due.</summary>
internal sealed class FunctionTimers(
    IOptions<EmbeddedHostOptions> options,
    IConfiguration configuration,
    HostJson hostJson,
    FunctionInvoker invoker,
    WorkerGateway gateway,
    TimerRecords records,
    TimeProvider time,
    ILoggerFactory loggers) : ITimerSchedules, IDisposable
{
    private TimerTriggers? _triggers;

    /// <summary>Reads the app's schedules.</summary>
    /// <exception cref="HostConfigurationException">A schedule is none.</exception>
    public void Read(FunctionApp app)
    {
        var functions = app.Timers
            .Select(function => TimerFunction.Of(function, configuration, (tick, stopping) => InvokeAsync(function, tick, stopping)))
            .ToList();
        if (options.Value is { Timers: true, AtRest: false })
        {
            _triggers = new TimerTriggers(functions, records, time, loggers.CreateLogger("EmbeddedHost.Timers"));
        }
    }

    /// <summary>Begins, unless the host is to run no timers.</summary>
    public Task StartAsync() => _triggers?.StartAsync() ?? Task.CompletedTask;

    public IReadOnlyList<ScheduledFunction> List() => _triggers?.List() ?? [];

    public Task StopAsync(CancellationToken cancellationToken) => _triggers?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public void Dispose() => _triggers?.Dispose();

    private async Task InvokeAsync(AppFunction function, TimerTick tick, CancellationToken stopping)
    {
        var worker = await gateway.WaitAsync(stopping);
        var answer = await invoker.InvokeAsync(
            function, invoker.Request(function, new TypedData { Json = tick.ToJson() }), worker, hostJson.FunctionTimeout, stopping);
        if (answer.Result.Status is not StatusResult.Types.Status.Success)
        {
            throw new TimerFunctionException(answer.Result.Exception?.FirstLine() ?? $"It ended as {answer.Result.Status}.");
        }
    }
}
