using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Analytics;

/// <summary>Opens the files of a table in order, some of them before they are asked for: to open one is mostly to wait.</summary>
internal sealed class TableFilesAhead(ILake lake, Table table, string month, IReadOnlyList<MonthEntry> entries, int ahead) : IAsyncDisposable
{
    private readonly Queue<Task<EntryRows>> _opening = [];
    private int _begun;

    /// <summary>Opens the next file, which its taker disposes.</summary>
    /// <exception cref="DamagedTableFileException">It is not there, or is no file of the table.</exception>
    public Task<EntryRows> OpenNextAsync(CancellationToken cancellationToken)
    {
        while (_begun < entries.Count && _opening.Count <= ahead)
        {
            _opening.Enqueue(EntryRows.OpenAsync(lake, table, month, entries[_begun++], cancellationToken));
        }

        return _opening.Dequeue();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var opening in _opening)
        {
            await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (opening.IsCompletedSuccessfully)
            {
                await (await opening).DisposeAsync();
            }
        }
    }
}
