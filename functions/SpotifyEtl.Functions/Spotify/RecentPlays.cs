using System.Globalization;
using System.Text.Json;
using SpotifyAPI.Web;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Spotify;

/// <summary>Brings into the lake what the signed-in user has played since it was last loaded. Spotify keeps the last 50 plays and no more.</summary>
public sealed class RecentPlays(SpotifyApi api, ILake lake)
{
    // Spotify keeps fewer than a page can have; what goes on like this is no Spotify.
    private const int MaxPages = 20;

    // Spotify leaves podcasts out of a page after it has counted them in: pages of 42 to 49 were seen where there were 50.
    private const int LeastOfFullPage = 40;

    /// <summary>Reads on from <paramref name="playedUntil"/>, or the last 50 when that is null, and writes the raw file if there is anything new.</summary>
    internal async Task<SourceResult> ReadAsync(
        SourceId source, SpotifyUser user, DateTimeOffset runStart, DateTimeOffset? playedUntil, CancellationToken cancellationToken)
    {
        var pages = await PagesAsync(playedUntil?.ToUnixTimeMilliseconds(), cancellationToken);
        var times = pages.SelectMany(page => page.PlayedAt).ToList();
        var news = times.Count(time => playedUntil is null || time is null || time > playedUntil);
        if (news == 0)
        {
            return SourceResult.Skipped(
                source, playedUntil is { } until ? $"Nothing was played since {Shown(until)}." : "Spotify knows of nothing that was played.");
        }

        var key = RawFileName.For(source.RawNameOf(user), runStart).ToProcessKey;
        await using var file = await lake.CreateAsync(key, cancellationToken);
        RawFileWriter raw = new(file.Stream);
        await raw.BeginAsync("source", Head(source, user), runStart, cancellationToken);
        foreach (var page in pages)
        {
            await raw.WriteAsync(page.Rows, cancellationToken);
        }

        await raw.EndAsync(cancellationToken);
        await file.CommitAsync(cancellationToken);
        var result = SourceResult.Loaded(source, times.Count, key);
        return playedUntil is { } since && news >= LeastOfFullPage && await OldestKeptAsync(cancellationToken) is { } oldest && oldest > since
            ? result with { Warning = MayBeMissed(news, since, oldest) }
            : result;
    }

    /// <summary>When the oldest play was that Spotify still has.</summary>
    private async Task<DateTimeOffset?> OldestKeptAsync(CancellationToken cancellationToken) =>
        (await PageAsync(after: null, cancellationToken)).PlayedAt.Min();

    private async Task<List<PlaysPage>> PagesAsync(long? after, CancellationToken cancellationToken)
    {
        List<PlaysPage> pages = [];
        while (true)
        {
            var page = await PageAsync(after, cancellationToken);
            pages.Add(page);

            // The last 50 end where the player is; a cursor that stands still would be asked for ever.
            if (after is null || page.Count < LeastOfFullPage || !(page.After > after) || pages.Count == MaxPages)
            {
                return pages;
            }

            after = page.After;
        }
    }

    private Task<PlaysPage> PageAsync(long? after, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["limit"] = Paging.PageSize.ToString(CultureInfo.InvariantCulture),
        };
        if (after is { } cursor)
        {
            parameters["after"] = cursor.ToString(CultureInfo.InvariantCulture);
        }

        return api.GetAsync(SpotifyUrls.PlayerRecentlyPlayed(), parameters, PlaysPage.Parse, cancellationToken);
    }

    private static byte[] Head(SourceId source, SpotifyUser user)
    {
        using MemoryStream head = new();
        using (Utf8JsonWriter json = new(head))
        {
            json.WriteStartObject();
            json.WriteString("name", source.Name);
            json.WriteString("user_id", user.Id);
            json.WriteString("user_name", user.Name);
            json.WriteEndObject();
        }

        return head.ToArray();
    }

    private static string MayBeMissed(int news, DateTimeOffset since, DateTimeOffset oldest) =>
        $"Spotify keeps the last {Paging.PageSize} plays only, and {news} came since {Shown(since)}: what was played between that and "
        + $"{Shown(oldest)} may be missed. Run it more often: every hour is safe, or every 25 minutes for songs that are "
        + "skipped.";

    private static string Shown(DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture, $"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
}
