using SpotifyEtl.Catalog;
using SpotifyEtl.Catalog.Queries;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Demo;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Report;

/// <summary>Asks the named queries that a report shows.</summary>
internal sealed class ReportReader(ILake lake, LakeConditionReader condition, IReportSource source, TimeProvider time)
{
    private const int DaysShown = 30;

    /// <summary>Reads what the lake's tables hold now. A query that is refused leaves its part of the report out; all of them, the report.</summary>
    /// <param name="run">The run that has just ended; null: none has.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="EtlException">No query was answered; the message is that of the first.</exception>
    public async Task<ReportContents> ReadAsync(RunResult? run, CancellationToken cancellationToken)
    {
        var conditionNow = Task.Run(() => condition.ReadAsync(run, cancellationToken), cancellationToken);
        try
        {
            var (answers, scannedBytes) = await source.IsEmptyAsync(cancellationToken)
                ? (null, null)
                : await source.AskAsync(queries => AnswersAsync(queries, cancellationToken), cancellationToken);
            return new ReportContents
            {
                WrittenAt = time.GetUtcNow(),
                Lake = lake.Location,
                IsDemo = await DemoLake.IsDemosAsync(lake, cancellationToken),
                Condition = await conditionNow,
                Answers = answers,
                ScannedBytes = scannedBytes,
            };
        }
        finally
        {
            await ((Task)conditionNow).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<(ReportAnswers? Answers, long? ScannedBytes)> AnswersAsync(IQueries queries, CancellationToken cancellationToken)
    {
        NamedAnswers named = new(queries);
        var songs = await named.AllAsync("top_songs_with_images", cancellationToken);
        var answers = new ReportAnswers
        {
            Totals = await named.AllAsync("totals", cancellationToken),
            TopSongs = songs.WithoutLastColumn(NamedQueries.Get("top_songs")),
            AlbumImages = [.. songs.Rows.Select(song => ImageAddress.Of(song.Text("image_url")))],
            TopArtists = await named.AllAsync("top_artists", cancellationToken),
            ReleaseYears = await named.AllAsync("songs_per_release_year", cancellationToken),
            SongsAdded = await named.AllAsync("songs_added_by_month", cancellationToken),
            Moves = await MovesAsync(named, cancellationToken),
            Growth = await GrowthAsync(named, cancellationToken),
            Snapshots = await SnapshotSurvey.AskAsync(named, cancellationToken),
            Listening = await ListeningAsync(named, cancellationToken),
            Rejects = await named.AllAsync("rejects_by_reason", cancellationToken),
        };
        return answers.All.Any(answer => answer.Refusal is null)
            ? (answers, named.ScannedBytes)
            : throw new PermanentEtlException(answers.Totals.Refusal!);
    }

    private static async Task<ListeningAnswers?> ListeningAsync(NamedAnswers named, CancellationToken cancellationToken)
    {
        List<QueryRow> days = [];
        var perDay = await named.EachAsync(
            "plays_per_day",
            row =>
            {
                if (days.Count < DaysShown)
                {
                    days.Add(row);
                }
            },
            cancellationToken);
        return perDay.Refusal is null && days.Count == 0
            ? null
            : new ListeningAnswers(
                perDay with { Rows = days },
                await named.AllAsync("top_songs_played", cancellationToken),
                await named.AllAsync("top_artists_played", cancellationToken),
                await named.AllAsync("listening_hours", cancellationToken));
    }

    private static async Task<ChartMoves> MovesAsync(NamedAnswers named, CancellationToken cancellationToken)
    {
        Dictionary<string, PlaylistMoves> playlists = new(StringComparer.Ordinal);
        var answer = await named.EachAsync("chart_moves", row => Add(ChartMove.Of(row)), cancellationToken);
        return new ChartMoves(
            answer,
            [.. playlists.Values.OrderByDescending(playlist => playlist.SongCount).ThenBy(playlist => playlist.PlaylistId, StringComparer.Ordinal)]);

        void Add(ChartMove song)
        {
            if (!playlists.TryGetValue(song.PlaylistId, out var playlist))
            {
                playlists.Add(song.PlaylistId, playlist = new PlaylistMoves(song.PlaylistId));
            }

            playlist.Add(song);
        }
    }

    private static async Task<PlaylistGrowth> GrowthAsync(NamedAnswers named, CancellationToken cancellationToken)
    {
        Dictionary<string, PlaylistSnapshots> playlists = new(StringComparer.Ordinal);
        var answer = await named.EachAsync("playlist_growth", row => Add(SnapshotRow.Of(row)), cancellationToken);
        return new PlaylistGrowth(
            answer,
            [.. playlists.Values.OrderByDescending(playlist => playlist.SongCount).ThenBy(playlist => playlist.PlaylistId, StringComparer.Ordinal)]);

        void Add(SnapshotRow snapshot)
        {
            if (!playlists.TryGetValue(snapshot.PlaylistId, out var playlist))
            {
                playlists.Add(snapshot.PlaylistId, playlist = new PlaylistSnapshots(snapshot.PlaylistId));
            }

            playlist.Add(snapshot);
        }
    }
}
