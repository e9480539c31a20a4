using System.CommandLine;
using System.CommandLine.Completions;
using SpotifyEtl.Local.Runs;

namespace SpotifyEtl.Local.CommandLine;

/// <summary>Completes the ids of runs with those of the state folder, the newest first.</summary>
internal static class RunIdCompletions
{
    private const int Newest = 30;

    // Who presses the tabulator does not wait longer.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    public static Argument<T> WithRunIds<T>(this Argument<T> argument, CommonOptions common)
    {
        argument.CompletionSources.Add(context => Ids(common.Read(context.ParseResult)));
        return argument;
    }

    private static IEnumerable<CompletionItem> Ids(CommonArguments common)
    {
        try
        {
            using CancellationTokenSource patience = new(s_patience);
            // Completions are asked for synchronously, by a process that does nothing else.
            return Task.Run(() => ReadAsync(common, patience.Token)).GetAwaiter().GetResult();
        }
#pragma warning disable CA1031 // Whatever it was, there is nobody to tell: the line is simply not completed.
        catch (Exception)
#pragma warning restore CA1031
        {
            return [];
        }
    }

    private static async Task<IEnumerable<CompletionItem>> ReadAsync(CommonArguments common, CancellationToken cancellationToken)
    {
        await using var runs = await RunsClient.OpenAsync(common, cancellationToken);
        var found = await runs.ListAsync([], Newest, cancellationToken);
        return [.. found.Select((run, index) => new CompletionItem(run.RunId, sortText: $"{index:00}"))];
    }
}
