using DurableTask.Core;
using Newtonsoft.Json;

namespace DurableTask.Sqlite.Tests;

/// <summary>What an orchestration of a test may do.</summary>
internal sealed class InlineContext
{
    private readonly Dictionary<string, Queue<string>> _came = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<TaskCompletionSource<string>>> _waited = new(StringComparer.Ordinal);

    public OrchestrationContext Core { get; set; } = null!;

    public string? Status { get; set; }

    public Task<T> CallAsync<T>(string activity, object? input = null) => Core.ScheduleTask<T>(activity, string.Empty, input);

    public Task TimerAsync(TimeSpan delay) => Core.CreateTimer(Core.CurrentUtcDateTime + delay, true);

    public async Task<T> EventAsync<T>(string name)
    {
        if (_came.TryGetValue(name, out var came) && came.TryDequeue(out var already))
        {
            return JsonConvert.DeserializeObject<T>(already)!;
        }

        TaskCompletionSource<string> source = new();
        if (!_waited.TryGetValue(name, out var waited))
        {
            _waited.Add(name, waited = new Queue<TaskCompletionSource<string>>());
        }

        waited.Enqueue(source);
        return JsonConvert.DeserializeObject<T>(await source.Task)!;
    }

    public void Receive(string name, string input)
    {
        if (_waited.TryGetValue(name, out var waited) && waited.TryDequeue(out var source))
        {
            source.SetResult(input);
            return;
        }

        if (!_came.TryGetValue(name, out var came))
        {
            _came.Add(name, came = new Queue<string>());
        }

        came.Enqueue(input);
    }
}
