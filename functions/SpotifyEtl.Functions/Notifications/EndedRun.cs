namespace SpotifyEtl.Notifications;

/// <summary>How a run ended, as far as it is told.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Status">Whether it succeeded.</param>
/// <param name="StartedAt">Its first step (UTC).</param>
/// <param name="EndedAt">Its last step (UTC).</param>
/// <param name="Problems">What went wrong, for people: the first of it.</param>
/// <param name="ProblemCount">How many problems there are.</param>
public sealed record EndedRun(
    string RunId, EndedRunStatus Status, DateTimeOffset StartedAt, DateTimeOffset EndedAt, IReadOnlyList<string> Problems, int ProblemCount)
{
    private const int MaxProblems = 20;

    public static EndedRun Succeeded(string runId, DateTimeOffset startedAt, DateTimeOffset endedAt) =>
        new(runId, EndedRunStatus.Succeeded, startedAt, endedAt, [], ProblemCount: 0);

    public static EndedRun Failed(string runId, DateTimeOffset startedAt, DateTimeOffset endedAt, IReadOnlyList<string> problems) =>
        new(runId, EndedRunStatus.Failed, startedAt, endedAt, [.. problems.Take(MaxProblems)], problems.Count);
}

/// <summary>Whether a run succeeded.</summary>
public enum EndedRunStatus
{
    Succeeded,
    Failed,
}
