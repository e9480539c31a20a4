namespace Microsoft.DurableTask.Client;

/// <summary>A snapshot of an orchestration instance.</summary>
public sealed class OrchestrationMetadata(string name, string instanceId)
{
    private const int LongestShown = 50;

    /// <summary>The orchestrator's name.</summary>
    public string Name { get; } = name;

    /// <summary>The instance's id.</summary>
    public string InstanceId { get; } = instanceId;

    /// <summary>What reads the serialized values; null: they were not asked for.</summary>
    public DataConverter? DataConverter { get; init; }

    /// <summary>What the instance does.</summary>
    public OrchestrationRuntimeStatus RuntimeStatus { get; init; }

    /// <summary>When it was created (UTC).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its last step was committed (UTC).</summary>
    public DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>Its input, or null if there is none or it was not asked for.</summary>
    public string? SerializedInput { get; init; }

    /// <summary>Its output, or null if there is none or it was not asked for. Of a failed instance: <c>type: message</c>.</summary>
    public string? SerializedOutput { get; init; }

    /// <summary>The status it set itself, or null if there is none or it was not asked for.</summary>
    public string? SerializedCustomStatus { get; init; }

    /// <summary>Why it failed, or null.</summary>
    public TaskFailureDetails? FailureDetails { get; init; }

    /// <summary>The tags it was started with.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => RuntimeStatus is OrchestrationRuntimeStatus.Running;

    /// <summary>Whether it has ended, in whatever way.</summary>
    public bool IsCompleted => RuntimeStatus is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    /// <summary>The input as a <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadInputAs<T>() => Converter(nameof(ReadInputAs)).Deserialize<T>(SerializedInput);

    /// <summary>The output as a <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadOutputAs<T>() => Converter(nameof(ReadOutputAs)).Deserialize<T>(SerializedOutput);

    /// <summary>The status it set itself as a <typeparamref name="T"/>.</summary>
    /// <exception cref="InvalidOperationException">Inputs and outputs were not asked for.</exception>
    public T? ReadCustomStatusAs<T>() => Converter(nameof(ReadCustomStatusAs)).Deserialize<T>(SerializedCustomStatus);

    /// <inheritdoc />
    public override string ToString()
    {
        var text = $"[Name: '{Name}', ID: '{InstanceId}', RuntimeStatus: {RuntimeStatus}, CreatedAt: {CreatedAt:s}, LastUpdatedAt: {LastUpdatedAt:s}";
        text += SerializedInput is null ? string.Empty : $", Input: '{Shortened(SerializedInput)}'";
        text += SerializedOutput is null ? string.Empty : $", Output: '{Shortened(SerializedOutput)}'";
        text += FailureDetails is null ? string.Empty : $", FailureDetails: '{FailureDetails.ErrorType} - {Shortened(FailureDetails.ErrorMessage)}'";
        return text + "]";
    }

    private static string Shortened(string payload) => payload.Length > LongestShown ? payload[..LongestShown] + "..." : payload;

    private DataConverter Converter(string reader) => DataConverter ?? throw new InvalidOperationException(
        $"{reader} needs an instance that was fetched with its inputs and outputs: pass getInputsAndOutputs, or FetchInputsAndOutputs in a query.");
}
