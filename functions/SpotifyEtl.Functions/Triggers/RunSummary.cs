using System.Text.Json.Serialization;
using Microsoft.DurableTask.Client;
using SpotifyEtl.Instances;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Triggers;

/// <summary>A run as the API shows it.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="Status">How it stands with it.</param>
/// <param name="CreatedAt">When it was started (UTC).</param>
/// <param name="LastUpdatedAt">When its last step was committed (UTC).</param>
public sealed record RunSummary(string RunId, RunStatus Status, DateTimeOffset CreatedAt, DateTimeOffset LastUpdatedAt)
{
    [JsonIgnore]
    public bool IsLive => Status is RunStatus.Running or RunStatus.Suspended or RunStatus.Interrupted;

    /// <summary>How far it is; absent when it has ended, and in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunProgress? Progress { get; init; }

    /// <summary>What it met on its way, the newest last; absent when it has ended or met nothing, and in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RunNotice>? Notices { get; init; }

    /// <summary>What it did; absent until it has ended, and in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RunResult? Result { get; init; }

    /// <summary>Why it failed or was cancelled; absent when it was not, and in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Failure { get; init; }

    /// <summary>What keeps its record from being shown; absent when nothing does, and in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Warning { get; init; }

    public static RunSummary Of(OrchestrationMetadata instance) =>
        new(instance.InstanceId, RunInstances.StatusOf(instance.RuntimeStatus), instance.CreatedAt, instance.LastUpdatedAt);
}
