namespace SpotifyEtl.Runs;

/// <summary>How a run ended, as far as it is counted and told.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Status">Succeeded or Failed.</param>
/// <param name="StartedAt">Its first step (UTC).</param>
/// <param name="EndedAt">Its last step (UTC).</param>
/// <param name="Problems">What went wrong, for people: the first of it.</param>
/// <param name="ProblemCount">How many problems there are.</param>
public sealed record RunEnd(string RunId, RunStatus Status, DateTimeOffset StartedAt, DateTimeOffset EndedAt, IReadOnlyList<string> Problems, int ProblemCount)
{
    private const int MaxProblems = 20;

    public static RunEnd Of(RunResult run) => new(run.RunId, run.Status, run.StartedAt, run.EndedAt, [.. run.Problems.Take(MaxProblems)], run.Problems.Count);

    public static RunEnd Failed(string runId, DateTimeOffset startedAt, DateTimeOffset endedAt, string problem) =>
        new(runId, RunStatus.Failed, startedAt, endedAt, [problem], ProblemCount: 1);
}
