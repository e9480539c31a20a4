using DurableTask.Core;

namespace DurableTask.Sqlite;

/// <summary>A part of the instances that fit a filter.</summary>
/// <param name="Instances">The instances of this page, in order.</param>
/// <param name="Total">How many fit on all pages.</param>
public sealed record InstancePage(IReadOnlyList<OrchestrationState> Instances, int Total);
