namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>What the queries on plays have to answer, computed from what raw files tell, as their descriptions say.</summary>
internal sealed class ExpectedPlays
{
    private const string Extended = "extended_streaming_history";
    private const string Recent = "recently_played";
    private const string LastYear = "streaming_history";
    private const int LeastOfAPlay = 30_000;

    private readonly List<Heard> _heard;

    public ExpectedPlays(RawPlaylists raw)
    {
        var lengths = raw.Songs.Where(song => song.DurationMs is not null)
            .GroupBy(song => song.Id)
            .ToDictionary(song => song.Key, song => song.Max(told => told.DurationMs), StringComparer.Ordinal);
        _heard =
        [
            .. Taken(Standing([.. raw.Plays.OrderBy(play => play.RawFile, StringComparer.Ordinal)]))
                .Select(play => new Heard(play, play.MsPlayed ?? (play.SongId is { } id ? lengths.GetValueOrDefault(id) : null))),
        ];
    }

    public IReadOnlyList<string> PerDay() =>
    [
        .. _heard.GroupBy(heard => DateOnly.FromDateTime(heard.Play.PlayedAt))
            .OrderByDescending(day => day.Key)
            .Select(day => ExpectedAnswers.Line(
                day.Key,
                day.Count(heard => heard is { IsSong: true, Counts: true }),
                day.Count(heard => heard is { IsSong: false, Counts: true }),
                Hours(day))),
    ];

    public IReadOnlyList<string> TopSongs() =>
    [
        .. _heard.Where(heard => heard.IsSong)
            .GroupBy(heard => (heard.Play.Name, heard.Play.Artist))
            .OrderByDescending(song => song.Count(heard => heard.Counts))
            .ThenByDescending(song => Milliseconds(song))
            .ThenBy(song => song.Key.Name, TextOrder.Instance)
            .ThenBy(song => song.Key.Artist, TextOrder.Instance)
            .Take(10)
            .Select(song => ExpectedAnswers.Line(
                song.Key.Name,
                song.Key.Artist,
                song.Count(heard => heard.Counts),
                Hours(song),
                song.Min(heard => heard.Play.PlayedAt),
                song.Max(heard => heard.Play.PlayedAt))),
    ];

    public IReadOnlyList<string> TopArtists() =>
    [
        .. _heard.Where(heard => heard is { IsSong: true, Play.Artist: not null })
            .GroupBy(heard => heard.Play.Artist)
            .OrderByDescending(artist => artist.Count(heard => heard.Counts))
            .ThenByDescending(artist => Milliseconds(artist))
            .ThenBy(artist => artist.Key, TextOrder.Instance)
            .Take(10)
            .Select(artist => ExpectedAnswers.Line(
                artist.Key, artist.Count(heard => heard.Counts), artist.DistinctBy(heard => heard.Play.Name).Count(), Hours(artist))),
    ];

    public IReadOnlyList<string> ByHour()
    {
        var all = Milliseconds(_heard) ?? 0;
        return
        [
            .. _heard.GroupBy(heard => heard.Play.PlayedAt.Hour)
                .OrderBy(hour => hour.Key)
                .Select(hour => ExpectedAnswers.Line(
                    hour.Key,
                    hour.Count(heard => heard.Counts),
                    Rounded((Milliseconds(hour) ?? 0) / 3_600_000.0, 2),
                    all == 0 ? null : Rounded(100.0 * (Milliseconds(hour) ?? 0) / all, 1))),
        ];
    }

    private static long? Milliseconds(IEnumerable<Heard> heard) => heard.Where(one => one.Ms is not null).Select(one => (long?)one.Ms).DefaultIfEmpty().Sum();

    private static double? Hours(IEnumerable<Heard> heard) =>
        heard.Any(one => one.Ms is not null) ? Rounded(Milliseconds(heard)!.Value / 3_600_000.0, 2) : null;

    private static double Rounded(double number, int digits) => Math.Round(number, digits, MidpointRounding.AwayFromZero);

    /// <summary>Of one play that several rows tell, the one that tells the most, and of these the first.</summary>
    private static List<RawPlay> Standing(IReadOnlyList<RawPlay> plays)
    {
        List<RawPlay> standing = [];
        foreach (var source in new[] { Extended, Recent, LastYear })
        {
            foreach (var play in plays.Where(play => play.Source == source))
            {
                if (!standing.Exists(other => IsSame(play, other)))
                {
                    standing.Add(play);
                }
            }
        }

        return standing;
    }

    private static bool IsSame(RawPlay play, RawPlay other) => (play.Source, other.Source) switch
    {
        (LastYear, LastYear) => SameNames(play, other) && play.PlayedAt == other.PlayedAt && play.MsPlayed == other.MsPlayed,
        (LastYear, _) => SameNames(play, other) && play.PlayedAt == other.PlayedAt.AddSeconds(-other.PlayedAt.Second),
        (Recent, _) => play.SongId == other.SongId && play.PlayedAt == other.PlayedAt,
        _ => (play.SongId is null ? SameNames(play, other) : play.SongId == other.SongId) && play.PlayedAt == other.PlayedAt && play.MsPlayed == other.MsPlayed,
    };

    private static bool SameNames(RawPlay play, RawPlay other) => (play.Artist, play.Name) == (other.Artist, other.Name);

    /// <summary>What an export tells of a day is taken for it, and of the API what comes after.</summary>
    private static IEnumerable<RawPlay> Taken(List<RawPlay> plays) => plays.Where(play =>
    {
        var told = plays.Where(other => other.Source != Recent && other.PlayedAt.Date == play.PlayedAt.Date).ToList();
        var best = told.Exists(other => other.Source == Extended) ? Extended : LastYear;
        return told.Count == 0 || play.Source == best || (play.Source == Recent && play.PlayedAt > told.Max(other => other.PlayedAt));
    });

    private sealed record Heard(RawPlay Play, int? Ms)
    {
        public bool IsSong => Play.Kind == "track";

        public bool Counts => (Play.MsPlayed ?? LeastOfAPlay) >= LeastOfAPlay;
    }
}
