using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EmbeddedHost.Engine;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Functions;
using EmbeddedHost.Hosting;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedHost.Testing;

/// <summary>
/// The history of an orchestration that ran, kept to be replayed by later code: what replays it, instances in flight survive. Kept as
/// JSON with the orchestrator's name, the instance's id, input and parent, and its steps.
/// </summary>
public sealed class RecordedHistory
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Recording _recording;

    private RecordedHistory(Recording recording) => _recording = recording;

    /// <summary>The orchestrator's name.</summary>
    public string Orchestrator => _recording.Name;

    /// <summary>The history that an instance of a running host has by now.</summary>
    /// <exception cref="ArgumentException">There is no instance of that id.</exception>
    public static RecordedHistory Of(IHost host, string instanceId)
    {
        ArgumentNullException.ThrowIfNull(host);
        var (instance, steps) = host.Services.GetRequiredService<DurableRuntime>().ReadHistory(instanceId)
            ?? throw new ArgumentException($"There is no instance '{instanceId}'.", nameof(instanceId));
        return Of(instance, steps);
    }

    /// <summary>Reads a history from its JSON.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static RecordedHistory Parse(string json) => new(JsonSerializer.Deserialize<Recording>(json, s_json) ?? throw new JsonException("The history is null."));

    /// <summary>The history as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(_recording, s_json) + "\n";

    /// <summary>Lets code do what the history says that it did.</summary>
    /// <param name="orchestrator">The code.</param>
    /// <param name="payloads">How payloads are serialized; null: the worker's defaults.</param>
    /// <returns>The serialized result, or null when the history ends before the orchestration does.</returns>
    /// <exception cref="InvalidOperationException">The code asks for something else, or ends in another way: the message says where.</exception>
    public string? Replay(Func<TaskOrchestrationContext, Task<object?>> orchestrator, JsonSerializerOptions? payloads = null)
    {
        OrchestrationInstance instance = new(_recording.InstanceId, "replay", _recording.Name, _recording.Version ?? string.Empty, _recording.Input, _recording.Parent, StartAt: null, Tags: null);
        OrchestrationSession session = new(
            instance, new OrchestratorFunction(_recording.Name, orchestrator), new JsonDataConverter(payloads), NullLoggerFactory.Instance, static () => { });
        ExecutionCompleted? recorded = null;
        try
        {
            foreach (var step in _recording.Steps)
            {
                session.Replay(step);
                recorded = step.OfType<ExecutionCompleted>().FirstOrDefault();
            }
        }
        catch (DurableTask.Core.Exceptions.NonDeterministicOrchestrationException exception)
        {
            throw new InvalidOperationException(exception.Message, exception);
        }

        var replayed = session.Completion(DateTime.UnixEpoch);
        if (replayed?.Result != recorded?.Result || replayed?.Failure?.ToString() != recorded?.Failure?.ToString())
        {
            throw new InvalidOperationException(
                $"'{_recording.Name}' was recorded to end with {Describe(recorded)}; the code, replayed, ended with {Describe(replayed)}.");
        }

        return replayed?.Result;
    }

    internal static RecordedHistory Of(OrchestrationInstance instance, IReadOnlyList<List<HistoryEvent>> steps) =>
        new(new Recording(instance.Name, instance.Version.Length > 0 ? instance.Version : null, instance.InstanceId, instance.Input, instance.Parent, steps));

    private static string Describe(ExecutionCompleted? completion) => completion switch
    {
        null => "nothing yet",
        { Failure: { } failure } => $"the failure {failure}",
        { Result: var result } => $"the result {result}",
    };

    private sealed record Recording(string Name, string? Version, string InstanceId, string? Input, ParentRequest? Parent, IReadOnlyList<List<HistoryEvent>> Steps);
}
