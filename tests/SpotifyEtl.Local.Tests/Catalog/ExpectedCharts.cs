namespace SpotifyEtl.Local.Tests.Catalog;

/// <summary>The answers in which a playlist's snapshots follow one another.</summary>
internal sealed class ExpectedCharts(RawPlaylists raw, NewestRecords newest)
{
    private readonly List<ExpectedPlaylist> _playlists =
    [
        .. raw.Snapshots.GroupBy(snapshot => snapshot.Playlist)
            .OrderBy(playlist => playlist.Key, TextOrder.Instance)
            .Select(playlist => new ExpectedPlaylist(playlist, raw.Entries)),
    ];

    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    public IReadOnlyList<string> Snapshots() =>
    [
        .. _playlists.SelectMany(
            playlist => playlist.All.OrderBy(snapshot => snapshot.TakenAt).ThenBy(snapshot => snapshot.Key, TextOrder.Instance),
            (playlist, snapshot) => ExpectedAnswers.Line(
                playlist.Key,
                playlist.Name,
                snapshot.TakenAt,
                snapshot.TakenFrom,
                snapshot.Places.Count,
                playlist.PartOf(snapshot),
                snapshot.SnapshotId)),
    ];

    public IReadOnlyList<string> Growth()
    {
        List<string> lines = [];
        foreach (var playlist in _playlists)
        {
            ExpectedSnapshot? before = null;
            foreach (var snapshot in playlist.Ordered)
            {
                lines.Add(ExpectedAnswers.Line(
                    playlist.Key,
                    snapshot.TakenAt,
                    snapshot.Places.Count,
                    before is null ? null : snapshot.Places.Keys.Except(before.Places.Keys, StringComparer.Ordinal).Count(),
                    before?.Places.Keys.Except(snapshot.Places.Keys, StringComparer.Ordinal).Count(),
                    snapshot.TakenFrom,
                    playlist.LeftOut));
                before = snapshot;
            }
        }

        return lines;
    }

    public IReadOnlyList<string> Moves() =>
    [
        .. _playlists.SelectMany(
            playlist => MovesIn(playlist)
                .OrderBy(move => move.Now is null)
                .ThenBy(move => move.Now)
                .ThenBy(move => move.Before is null)
                .ThenBy(move => move.Before)
                .ThenBy(move => move.EntryId, TextOrder.Instance),
            (playlist, move) => ExpectedAnswers.Line(
                playlist.Key,
                move.Now,
                move.Before,
                Kind(move.Now, move.Before),
                NameOf(move.SongId),
                ArtistOf(move.SongId),
                playlist.OrderedBy,
                playlist.LeftOut)),
    ];

    public IReadOnlyList<string> Climbers() =>
    [
        .. _playlists.SelectMany(
            playlist =>
            {
                var climbers = MovesIn(playlist).Where(move => move.Now < move.Before).OrderByDescending(move => move.Before - move.Now).ToList();
                var tenth = climbers.ElementAtOrDefault(9);
                return climbers.Where(move => tenth is null || move.Before - move.Now >= tenth.Before - tenth.Now)
                    .OrderByDescending(move => move.Before - move.Now)
                    .ThenBy(move => move.Now)
                    .ThenBy(move => move.EntryId, TextOrder.Instance);
            },
            (playlist, move) => ExpectedAnswers.Line(
                playlist.Key,
                move.Before - move.Now,
                move.Now,
                move.Before,
                NameOf(move.SongId),
                ArtistOf(move.SongId),
                playlist.OrderedBy,
                playlist.LeftOut)),
    ];

    public IReadOnlyList<string> Shares()
    {
        List<string> lines = [];
        foreach (var playlist in _playlists.Where(playlist => playlist.Ordered.Count > 0))
        {
            var places = playlist.Ordered[^1].Places;
            lines.AddRange(places.Values
                .SelectMany(place => newest.Songs[place.SongId].Credits.Distinct(StringComparer.Ordinal), (place, artist) => (place.Best, Artist: artist))
                .GroupBy(credit => credit.Artist)
                .Select(credits => (Artist: newest.Artists[credits.Key], Songs: credits.Count(), Best: credits.Min(credit => credit.Best)))
                .OrderByDescending(share => share.Songs)
                .ThenBy(share => share.Best)
                .ThenBy(share => share.Artist.Name, TextOrder.Instance)
                .ThenBy(share => share.Artist.Id, TextOrder.Instance)
                .Select(share => ExpectedAnswers.Line(
                    playlist.Key,
                    share.Artist.Name,
                    share.Songs,
                    Math.Round(100.0 * share.Songs / places.Count, 1, MidpointRounding.AwayFromZero),
                    share.Best)));
        }

        return lines;
    }

    public IReadOnlyList<string> Weeks() =>
    [
        .. _playlists.SelectMany(
            playlist => DaysIn(playlist)
                .GroupBy(day => day.EntryId)
                .Select(days => (
                    EntryId: days.Key,
                    Weeks: days.DistinctBy(day => MondayOf(day.Day)).Count(),
                    Best: days.Min(day => day.Place.Best),
                    First: days.Min(day => day.Day),
                    Last: days.Max(day => day.Day),
                    Name: NameOf(days.MaxBy(day => day.Day).Place.SongId)))
                .OrderByDescending(song => song.Weeks)
                .ThenBy(song => song.Best)
                .ThenBy(song => song.Name, TextOrder.Instance)
                .ThenBy(song => song.EntryId, TextOrder.Instance),
            (playlist, song) => ExpectedAnswers.Line(playlist.Key, song.Weeks, song.Best, song.First, song.Last, song.Name)),
    ];

    /// <summary>Every day on which each entry stood in the playlist: one by one, from each day's last snapshot to the next day that has one.</summary>
    private static IEnumerable<(string EntryId, DateOnly Day, ExpectedPlace Place)> DaysIn(ExpectedPlaylist playlist)
    {
        var daily = playlist.All.Where(snapshot => snapshot.ExtractedAt is not null && playlist.PartOf(snapshot) == "yes")
            .GroupBy(snapshot => DateOnly.FromDateTime(snapshot.ExtractedAt!.Value))
            .OrderBy(day => day.Key)
            .Select(day => (Day: day.Key, Last: day.MaxBy(snapshot => snapshot.ExtractedAt)!))
            .ToList();
        for (var index = 0; index < daily.Count; index++)
        {
            var end = index + 1 < daily.Count ? daily[index + 1].Day : daily[index].Day.AddDays(1);
            for (var day = daily[index].Day; day < end; day = day.AddDays(1))
            {
                foreach (var (entry, place) in daily[index].Last.Places)
                {
                    yield return (entry, day, place);
                }
            }
        }
    }

    private static IEnumerable<Move> MovesIn(ExpectedPlaylist playlist)
    {
        Dictionary<string, ExpectedPlace> none = [];
        var now = playlist.Ordered.Count > 0 ? playlist.Ordered[^1].Places : none;
        var before = playlist.Ordered.Count > 1 ? playlist.Ordered[^2].Places : none;
        return now.Keys.Union(before.Keys, StringComparer.Ordinal)
            .Select(entry => new Move(
                entry,
                (now.GetValueOrDefault(entry) ?? before[entry]).SongId,
                now.GetValueOrDefault(entry)?.Best,
                before.GetValueOrDefault(entry)?.Best));
    }

    private static string Kind(int? now, int? before) => (now, before) switch
    {
        (_, null) => "new",
        (null, _) => "gone",
        _ => now < before ? "up" : now > before ? "down" : "same",
    };

    private string? NameOf(string song) => newest.Songs[song].Name;

    private string? ArtistOf(string song) => newest.Songs[song].Credits is [var first, ..] ? newest.Artists[first].Name : null;

    private sealed record Move(string EntryId, string SongId, int? Now, int? Before);
}
