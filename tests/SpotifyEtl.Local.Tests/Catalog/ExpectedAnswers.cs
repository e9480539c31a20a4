using System.Globalization;

namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>What the named queries have to answer, computed from what raw files tell, as their descriptions say.</summary>
internal sealed class ExpectedAnswers
{
    private readonly RawPlaylists _raw;
    private readonly NewestRecords _newest;
    private readonly ExpectedCharts _charts;
    private readonly ExpectedPlays _plays;

    public ExpectedAnswers(RawPlaylists raw)
    {
        _raw = raw;
        _newest = new NewestRecords(raw);
        _charts = new ExpectedCharts(raw, _newest);
        _plays = new ExpectedPlays(raw);
    }

    /// <summary>The rows of a named query, fields between bars.</summary>
    public IReadOnlyList<string> Of(string query) => query switch
    {
        "artist_share" => _charts.Shares(),
        "biggest_climbers" => _charts.Climbers(),
        "chart_moves" => _charts.Moves(),
        "listening_hours" => _plays.ByHour(),
        "most_featured_artists" => Featured(),
        "playlist_growth" => _charts.Growth(),
        "plays_per_day" => _plays.PerDay(),
        "rejects_by_reason" => Rejects(),
        "snapshots" => _charts.Snapshots(),
        "songs_added_by_month" => AddedByMonth(),
        "songs_per_release_year" => PerReleaseYear(),
        "top_artists" => TopArtists(),
        "top_artists_played" => _plays.TopArtists(),
        "top_songs" => [.. TopSongs().Select(song => song.Line)],
        "top_songs_played" => _plays.TopSongs(),
        "top_songs_with_images" => [.. TopSongs().Select(song => $"{song.Line}|{song.Image ?? "NULL"}")],
        "totals" => Totals(),
        "weeks_on_chart" => _charts.Weeks(),
        _ => throw new InvalidOperationException($"What {query} has to answer is not written down yet."),
    };

    /// <summary>A row as tests show it.</summary>
    public static string Line(params object?[] values) => string.Join('|', values.Select(value => value switch
    {
        null => "NULL",
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        double number => number.ToString("0.0###", CultureInfo.InvariantCulture),
        _ => value.ToString(),
    }));

    private IReadOnlyList<string> Totals() =>
    [
        Line(
            _raw.Snapshots.DistinctBy(snapshot => snapshot.Playlist).Count(),
            _raw.Songs.DistinctBy(song => song.Id).Count(),
            _raw.Artists.DistinctBy(artist => artist.Id).Count(),
            _raw.Albums.DistinctBy(album => album.Id).Count()),
    ];

    private IReadOnlyList<string> Rejects() =>
    [
        .. _raw.Rejects.GroupBy(reject => reject.Reason)
            .OrderByDescending(reason => reason.Count())
            .ThenBy(reason => reason.Key, TextOrder.Instance)
            .Select(reason => Line(reason.Key, reason.Count(), reason.DistinctBy(reject => reject.RawFile).Count())),
    ];

    private IReadOnlyList<string> AddedByMonth()
    {
        var months = NewestRecords.Of(_raw.Songs.Where(song => song.Added is not null))
            .Values
            .Select(song => song.Added!.Value.ToString("yyyy-MM", CultureInfo.InvariantCulture))
            .ToList();
        return
        [
            .. months.Distinct(StringComparer.Ordinal)
                .OrderDescending(StringComparer.Ordinal)
                .Take(24)
                .Select(month => Line(month, months.Count(other => other == month), months.Count(other => string.CompareOrdinal(other, month) <= 0))),
        ];
    }

    private IReadOnlyList<string> PerReleaseYear() =>
    [
        .. _newest.Songs.Values.Select(song => _newest.Albums[song.AlbumId].Released)
            .OfType<DateOnly>()
            .CountBy(day => day.Year)
            .OrderByDescending(year => year.Key)
            .Take(20)
            .Select(year => Line(year.Key, year.Value)),
    ];

    private IReadOnlyList<string> Featured() =>
    [
        .. _newest.Songs.Values.SelectMany(song => song.Credits.Distinct(StringComparer.Ordinal).Where(artist => artist != song.Credits[0]))
            .CountBy(artist => artist)
            .Select(artist => (Artist: _newest.Artists[artist.Key], Songs: artist.Value))
            .OrderByDescending(artist => artist.Songs)
            .ThenBy(artist => artist.Artist.Name, TextOrder.Instance)
            .ThenBy(artist => artist.Artist.Id, TextOrder.Instance)
            .Take(10)
            .Select(artist => Line(artist.Artist.Name, artist.Songs)),
    ];

    private IReadOnlyList<string> TopArtists() =>
    [
        .. _newest.Songs.Values.SelectMany(song => song.Credits.Distinct(StringComparer.Ordinal), (song, artist) => (Song: song, Artist: artist))
            .GroupBy(credit => credit.Artist)
            .Select(credits => (
                Artist: _newest.Artists[credits.Key],
                Songs: credits.Count(),
                Popularity: credits.Average(credit => (double?)credit.Song.Popularity) is { } mean
                    ? Math.Round(mean, 1, MidpointRounding.AwayFromZero)
                    : (double?)null))
            .OrderByDescending(artist => artist.Songs)
            .ThenByDescending(artist => artist.Popularity)
            .ThenBy(artist => artist.Artist.Name, TextOrder.Instance)
            .ThenBy(artist => artist.Artist.Id, TextOrder.Instance)
            .Take(10)
            .Select(artist => Line(artist.Artist.Name, artist.Songs, artist.Popularity)),
    ];

    private IReadOnlyList<(string Line, string? Image)> TopSongs()
    {
        var rated = _newest.Songs.Values.Any(song => song.Popularity is not null);
        var ranked = rated
            ? _newest.Songs.Values.OrderByDescending(song => song.Popularity)
            : _newest.Songs.Values.OrderByDescending(song => Holders(song).Playlists)
                .ThenByDescending(song => Holders(song).Weeks)
                .ThenBy(song => Holders(song).BestPlace ?? int.MaxValue);
        return
        [
            .. ranked.ThenBy(song => song.Name, TextOrder.Instance)
                .ThenBy(song => song.Id, TextOrder.Instance)
                .Take(10)
                .Select(song => (Line(
                    song.Name,
                    song.Credits is [] ? null : string.Join(", ", song.Credits.Distinct(StringComparer.Ordinal).Select(artist => _newest.Artists[artist].Name)),
                    _newest.Albums[song.AlbumId].Name,
                    song.Popularity,
                    rated ? null : Holders(song).Playlists,
                    rated ? null : Holders(song).Weeks,
                    rated ? null : Holders(song).BestPlace,
                    rated ? "popularity" : "playlists, weeks, best place"), _newest.Albums[song.AlbumId].ImageUrl)),
        ];
    }

    // A song may be in no playlist, and only played.
    private (int? Playlists, int? Weeks, int? BestPlace) Holders(RawSong song)
    {
        var entries = _raw.Entries.FindAll(entry => entry.SongId == song.Id);
        return entries is [] ? (null, null, null) : (
            entries.DistinctBy(entry => entry.Snapshot.Playlist).Count(),
            entries.Where(entry => entry.Snapshot.ExtractedAt is not null)
                .DistinctBy(entry => ExpectedCharts.MondayOf(DateOnly.FromDateTime(entry.Snapshot.ExtractedAt!.Value)))
                .Count(),
            entries.Min(entry => entry.Position));
    }
}
