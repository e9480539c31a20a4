using Microsoft.Extensions.DependencyInjection;
using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Runs;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Report;

/// <summary>Asks the named queries that a report shows.</summary>
public sealed class ReportReader(IServiceProvider services)
{
    private readonly ILake _lake = services.GetRequiredService<ILake>();
    private long? _scannedBytes;

    /// <summary>Reads what the lake's tables hold now. A query that is refused leaves its part of the report out; all of them, the report.</summary>
    /// <param name="run">The run that the report is of; null: the newest that has left its record.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="EtlException">No query was answered; the message is that of the first.</exception>
    public async Task<ReportContents> ReadAsync(RunResult? run, CancellationToken cancellationToken)
    {
        run ??= await NewestRun.FindAsync(_lake, cancellationToken);
        var answers = await IsEmptyAsync(cancellationToken) ? null : await AnswersAsync(cancellationToken);
        return new ReportContents
        {
            WrittenAt = services.GetRequiredService<TimeProvider>().GetUtcNow(),
            Lake = _lake.Location,
            Run = run,
            Answers = answers,
            ScannedBytes = _scannedBytes,
        };
    }

    // Athena tells by itself when there are no tables.
    private async Task<bool> IsEmptyAsync(CancellationToken cancellationToken)
    {
        if (services.GetService<FolderLake>() is not { } folder)
        {
            return false;
        }

        CatalogStore catalog = new(folder);
        return await catalog.FindAsync(Table.Song, cancellationToken) is not { Rows: > 0 } && await catalog.FindAsync(Table.Rejected, cancellationToken) is not { Rows: > 0 };
    }

    private async Task<ReportAnswers> AnswersAsync(CancellationToken cancellationToken)
    {
        var queries = services.GetRequiredService<IQueries>();
        using var batch = queries is DuckDbQueries folder ? await folder.OpenAsync(cancellationToken) : null;
        return await AnswersAsync(batch ?? queries, cancellationToken);
    }

    private async Task<ReportAnswers> AnswersAsync(IQueries queries, CancellationToken cancellationToken)
    {
        Dictionary<string, PlaylistMoves> moves = new(StringComparer.Ordinal);
        Dictionary<string, PlaylistSnapshots> growth = new(StringComparer.Ordinal);
        var answers = new ReportAnswers
        {
            Totals = await AllAsync(queries, "totals", cancellationToken),
            TopSongs = await AllAsync(queries, "top_songs", cancellationToken),
            TopArtists = await AllAsync(queries, "top_artists", cancellationToken),
            ReleaseYears = await AllAsync(queries, "songs_per_release_year", cancellationToken),
            SongsAdded = await AllAsync(queries, "songs_added_by_month", cancellationToken),
            Moves = new ChartMoves(
                await EachAsync(queries, "chart_moves", row => PlaylistOf(moves, row, id => new PlaylistMoves(id)).Add(row), cancellationToken),
                [.. moves.Values.OrderByDescending(playlist => playlist.Songs).ThenBy(playlist => playlist.PlaylistId, StringComparer.Ordinal)]),
            Growth = new PlaylistGrowth(
                await EachAsync(queries, "playlist_growth", row => PlaylistOf(growth, row, id => new PlaylistSnapshots(id)).Add(row), cancellationToken),
                [.. growth.Values.OrderByDescending(playlist => playlist.Songs).ThenBy(playlist => playlist.PlaylistId, StringComparer.Ordinal)]),
            Rejects = await AllAsync(queries, "rejects_by_reason", cancellationToken),
        };
        return answers.All.Any(answer => answer.Refusal is null) ? answers : throw new PermanentEtlException(answers.Totals.Refusal!);
    }

    private static T PlaylistOf<T>(Dictionary<string, T> playlists, IReadOnlyList<string?> row, Func<string, T> create)
    {
        var id = row[0] ?? "";
        if (!playlists.TryGetValue(id, out var playlist))
        {
            playlists.Add(id, playlist = create(id));
        }

        return playlist;
    }

    private async Task<QueryAnswer> AllAsync(IQueries queries, string name, CancellationToken cancellationToken)
    {
        List<IReadOnlyList<string?>> rows = [];
        return await EachAsync(queries, name, rows.Add, cancellationToken) with { Rows = rows };
    }

    private async Task<QueryAnswer> EachAsync(IQueries queries, string name, Action<IReadOnlyList<string?>> take, CancellationToken cancellationToken)
    {
        var query = NamedQueries.Get(name);
        try
        {
            var result = await queries.QueryAsync(query.Sql, cancellationToken);
            await foreach (var row in result.Rows.WithCancellation(cancellationToken))
            {
                take(row);
            }

            _scannedBytes = result.Cost is { } cost ? (_scannedBytes ?? 0) + cost.ScannedBytes : _scannedBytes;
            return new QueryAnswer(query, result.Columns, []);
        }
        catch (PermanentEtlException refused)
        {
            return new QueryAnswer(query, [], [], refused.Message);
        }
    }
}
