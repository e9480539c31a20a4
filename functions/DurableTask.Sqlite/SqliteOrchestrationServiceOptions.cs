namespace DurableTask.Sqlite;

/// <summary>What a <see cref="SqliteOrchestrationService"/> is to do. Checked once, by its constructor.</summary>
/// <param name="path">The database file, see <see cref="Path"/>.</param>
public sealed class SqliteOrchestrationServiceOptions(string path)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    /// <summary>
    /// The database file. Its folder is made if it is not there, for its owner alone. Beside the file lie <c>-wal</c> and <c>-shm</c>,
    /// which are SQLite's, <c>.lock</c>, <c>.holder</c> and <c>.running</c>.
    /// </summary>
    public string Path { get; } = path;

    /// <summary>How many orchestrations a worker has in memory at a time, idle sessions included. Default: 10 a processor. At least 1.</summary>
    public int MaxConcurrentTaskOrchestrationWorkItems { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>How many activities a worker runs at a time. Default: 10 a processor. At least 1.</summary>
    public int MaxConcurrentTaskActivityWorkItems { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>
    /// Whether an orchestration stays in memory between its episodes, so that it is not replayed for each. Default: true. Without, every
    /// episode reads the whole history and replays it, which shows code that is not deterministic early.
    /// </summary>
    public bool ExtendedSessionsEnabled { get; init; } = true;

    /// <summary>
    /// How long an orchestration that nothing happens to stays in memory. Default: 30 s. Longer spares replays and takes memory. When all
    /// of <see cref="MaxConcurrentTaskOrchestrationWorkItems"/> are taken and others wait, the one idle for longest leaves earlier.
    /// </summary>
    public TimeSpan ExtendedSessionIdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often work is tried that brings down its process, or an activity that is abandoned. Default: 10; at least 1. Counted are, for an
    /// activity: each abandonment, unless the worker is being stopped or the disk did not take
    /// its result, and each death of a process in which it was running; for an
    /// orchestration: each death of a process in an episode of it since its last checkpoint. At this count the activity fails as a task that
    /// must not be retried, the orchestration as a whole; the message says so. An abandoned orchestration, such as one of a version that
    /// the worker rejects, is never given up.
    /// </summary>
    public int MaxDeliveryCount { get; init; } = 10;

    /// <summary>
    /// How long abandoned work waits before it is tried again; doubled each time in a row, up to 30 s or this value, whichever is longer.
    /// Default: 1 s. Zero: at once.
    /// </summary>
    public TimeSpan AbandonDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a write that the disk does not take, as it is full, or the file is held by another program, is tried again before its
    /// caller is told. Default: 30 s. Zero: told at once.
    /// </summary>
    public TimeSpan WritePatience { get; init; } = TimeSpan.FromSeconds(30);

    internal void Validate()
    {
        List<string> wrong = [];
        if (string.IsNullOrWhiteSpace(Path))
        {
            wrong.Add($"{nameof(Path)} is empty; it must name a file.");
        }

        AtLeastOne(wrong, nameof(MaxConcurrentTaskOrchestrationWorkItems), MaxConcurrentTaskOrchestrationWorkItems);
        AtLeastOne(wrong, nameof(MaxConcurrentTaskActivityWorkItems), MaxConcurrentTaskActivityWorkItems);
        AtLeastOne(wrong, nameof(MaxDeliveryCount), MaxDeliveryCount);
        UpToADay(wrong, nameof(ExtendedSessionIdleTimeout), ExtendedSessionIdleTimeout);
        UpToADay(wrong, nameof(AbandonDelay), AbandonDelay);
        UpToADay(wrong, nameof(WritePatience), WritePatience);
        if (wrong.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', wrong));
        }
    }

    private static void AtLeastOne(List<string> wrong, string name, int value)
    {
        if (value < 1)
        {
            wrong.Add($"{name} is {value}; it must be 1 or more.");
        }
    }

    private static void UpToADay(List<string> wrong, string name, TimeSpan value)
    {
        if (value < TimeSpan.Zero || value > s_longest)
        {
            wrong.Add($"{name} is {value}; it must be between 0 and {s_longest}.");
        }
    }
}
