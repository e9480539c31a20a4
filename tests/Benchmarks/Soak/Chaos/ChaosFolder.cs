namespace Benchmarks.Soak.Chaos;

/// <summary>Where a round keeps its things.</summary>
internal sealed record ChaosFolder(string Path)
{
    /// <summary>The host's state folder.</summary>
    public string State => System.IO.Path.Combine(Path, "state");

    /// <summary>The host's state file.</summary>
    public string Store => System.IO.Path.Combine(State, "taskhub.db");

    /// <summary>What activities did.</summary>
    public string Effects => System.IO.Path.Combine(Path, "effects.log");

    /// <summary>The process id of the child worker.</summary>
    public string WorkerId => System.IO.Path.Combine(Path, "worker.pid");

    /// <summary>How many items were sent to an instance: one byte each.</summary>
    public string Sent(string instanceId) => System.IO.Path.Combine(Path, $"sent-{instanceId}.log");
}
