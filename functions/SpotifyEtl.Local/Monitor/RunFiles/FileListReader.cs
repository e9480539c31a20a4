using System.Collections.Concurrent;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.Records;
using SpotifyEtl.Local.Monitor.RunList;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Monitor.RunFiles;

/// <summary>
/// Reads the records of the files of runs, each once: those of the runs that were looked at last stay in memory, and of a run that goes on only what is
/// new is read.
/// </summary>
internal sealed class FileListReader(ILake lake, LakeRecords records, TimeProvider time)
{
    /// <summary>The most files of a run that are looked at, the first by name, so that a page costs a bounded time and memory.</summary>
    public const int MostFiles = 5_000;

    private const int MostRuns = 4;
    private const int ReadsAtOnce = 16;

    // Of a run that goes on, whose page asks every second.
    private static readonly TimeSpan s_holds = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly List<SeenFiles> _seen = [];

    public async Task<FileList> ReadAsync(RunRow run, FileListQuery query, CancellationToken cancellationToken)
    {
        var seen = SeenOf(run);
        await seen.Gate.WaitAsync(cancellationToken);
        try
        {
            string? problem = null;
            try
            {
                await RenewAsync(seen, run, cancellationToken);
            }
            catch (EtlException exception)
            {
                problem = exception.Message;
            }

            return FileList.Of(query, [.. seen.Files.Values.OfType<FileRow>()]) with { IsCut = seen.IsCut, Problem = problem };
        }
        finally
        {
            seen.Gate.Release();
        }
    }

    private SeenFiles SeenOf(RunRow run)
    {
        lock (_lock)
        {
            var seen = _seen.Find(files => files.RunId == run.RunId && files.StartedAt == run.StartedAt) ?? new SeenFiles(run.RunId, run.StartedAt);
            _seen.Remove(seen);
            _seen.Insert(0, seen);
            _seen.RemoveRange(Math.Min(MostRuns, _seen.Count), Math.Max(0, _seen.Count - MostRuns));
            return seen;
        }
    }

    private async Task RenewAsync(SeenFiles seen, RunRow run, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (seen.ReadAt is { } readAt && (run.IsLive ? now - readAt < s_holds : seen.EndedAt == run.EndedAt))
        {
            return;
        }

        if (!run.IsLive)
        {
            // A step that ran twice has written its record anew.
            seen.Files.Clear();
        }

        List<string> unread = [];
        seen.IsCut = false;
        await foreach (var found in lake.ListAsync($"{LakeKeys.Files}{run.RunId}/", cancellationToken: cancellationToken))
        {
            if (seen.Files.ContainsKey(found.Key))
            {
                continue;
            }

            if (seen.Files.Count + unread.Count == MostFiles)
            {
                seen.IsCut = true;
                break;
            }

            unread.Add(found.Key);
        }

        await Parallel.ForEachAsync(
            unread,
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (key, stop) => seen.Files[key] = await records.FindAsync<FileRecord>(key, stop) is { } record ? FileRow.Of(record) : null);
        (seen.ReadAt, seen.EndedAt) = (now, run.EndedAt);
    }

    private sealed class SeenFiles(string runId, DateTimeOffset startedAt)
    {
        public string RunId => runId;

        public DateTimeOffset StartedAt => startedAt;

        public SemaphoreSlim Gate { get; } = new(1);

        /// <summary>By key; null: its record cannot be read.</summary>
        public ConcurrentDictionary<string, FileRow?> Files { get; } = new(StringComparer.Ordinal);

        public bool IsCut { get; set; }

        public DateTimeOffset? ReadAt { get; set; }

        /// <summary>When the run had ended when they were read; null: it had not.</summary>
        public DateTimeOffset? EndedAt { get; set; }
    }
}
