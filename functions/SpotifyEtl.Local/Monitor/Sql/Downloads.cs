using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace SpotifyEtl.Local.Monitor.Sql;

/// <summary>
/// The downloads that go on, by the ids that pages give them: a browser shows its own signs of a download, and the page that asked for it learns here what
/// became of it, or stops it.
/// </summary>
internal sealed partial class Downloads
{
    private const int MostKept = 200;

    private readonly ConcurrentDictionary<string, Download> _byId = new(StringComparer.Ordinal);

    /// <summary>The download of an id, whether it has begun or is about to; null: no page gives such an id.</summary>
    public Download? Find(string id)
    {
        if (!Id().IsMatch(id))
        {
            return null;
        }

        if (_byId.Count >= MostKept)
        {
            foreach (var (ended, _) in _byId.Where(download => download.Value.Outcome.IsCompleted).ToList())
            {
                if (_byId.TryRemove(ended, out var forgotten))
                {
                    forgotten.Dispose();
                }
            }
        }

        return _byId.Count < MostKept ? _byId.GetOrAdd(id, _ => new Download()) : _byId.GetValueOrDefault(id);
    }

    [GeneratedRegex("^[0-9a-f]{32}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}

/// <summary>A download: how it ends, and that somebody wants it to.</summary>
internal sealed class Download : IDisposable
{
    private readonly TaskCompletionSource<DownloadOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>What became of it, once it has ended.</summary>
    public Task<DownloadOutcome> Outcome => _outcome.Task;

    /// <summary>Cancelled when somebody stops it.</summary>
    public CancellationToken Cancelled => _cancellation.Token;

    public Task CancelAsync() => _cancellation.CancelAsync();

    public void Dispose() => _cancellation.Dispose();

    public void End(DownloadOutcome outcome) => _outcome.TrySetResult(outcome);
}

/// <summary>What became of a download, for the page that asked for it.</summary>
/// <param name="Text">What is said of it.</param>
/// <param name="IsWhole">Whether all rows were sent.</param>
internal sealed record DownloadOutcome(string Text, bool IsWhole);
