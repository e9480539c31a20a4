using SpotifyEtl.Health;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.Report;

/// <summary>Tells how far the figures of a report can be relied on.</summary>
internal static class QualityChecks
{
    private const int NamesShown = 3;

    public static IReadOnlyList<QualityCheck> Of(ReportContents contents) =>
    [
        LastGoodRun(contents),
        .. contents.Answers is { } read ? (QualityCheck[])[Extraction(contents, read.Snapshots), RejectedRows(read.Rejects)] : [],
        SetAside(contents),
        .. contents.Answers is { } answers ? Snapshots(contents, answers.Snapshots) : [],
    ];

    private static QualityCheck LastGoodRun(ReportContents contents)
    {
        var health = contents.Condition.Health;
        if (health.Status is HealthStatus.Unreadable)
        {
            return new(QualityMark.Unknown, "It is not known when a run succeeded last.", health.Problem);
        }

        if (health.LastGoodRun is not { } run)
        {
            return new(QualityMark.Look, "No run has succeeded yet.");
        }

        var text = $"The last good run ended {Before(contents, run.EndedAt)}";
        return health.IsHealthy
            ? new(QualityMark.Fine, text + ".", $"{ReportText.Time(run.EndedAt)}, {run.RunId}")
            : new(
                QualityMark.Look,
                $"Stale: {ReportText.Decapitalized(text)}; Health__MaxAge allows {ReportText.Duration(TimeSpan.FromSeconds(health.MaxAgeSeconds ?? 0))}.",
                $"{ReportText.Time(run.EndedAt)}, {run.RunId}");
    }

    // A playlist that has not changed is not extracted again: a run that found that out tells as much as an extraction.
    private static QualityCheck Extraction(ReportContents contents, SnapshotSurvey snapshots)
    {
        var confirmed = contents.Condition.Runs
            .Where(run => run.Status is RunStatus.Succeeded && run.Playlists.Any(playlist => playlist.Status is PlaylistStatus.Skipped))
            .Select(run => (DateTimeOffset?)run.StartedAt)
            .Max();
        if (snapshots.NewestExtraction is not { } extracted)
        {
            return new(QualityMark.Unknown, "Nothing tells when the playlists were extracted.");
        }

        var isConfirmed = confirmed > extracted;
        var newest = isConfirmed ? confirmed!.Value : extracted;
        var text = (isConfirmed ? "Unchanged playlists were looked at " : "The newest extraction was made ") + Before(contents, newest);
        return contents.Condition.Health.MaxAgeSeconds is { } maxAge && (contents.WrittenAt - newest).TotalSeconds > maxAge
            ? new(QualityMark.Look, $"Stale: {ReportText.Decapitalized(text)}.", ReportText.Time(newest))
            : new(QualityMark.Fine, text + ".", ReportText.Time(newest));
    }

    private static QualityCheck RejectedRows(QueryAnswer rejects)
    {
        if (rejects.Refusal is not null)
        {
            return new(QualityMark.Unknown, "It is not known how many rows were rejected.");
        }

        var count = rejects.Rows.Sum(row => row.Number("rejected_rows") ?? 0);
        return count == 0
            ? new(QualityMark.Fine, "No row was rejected.")
            : new(QualityMark.Look, count == 1 ? "1 row was rejected." : $"{ReportText.Count(count)} rows were rejected.");
    }

    private static QualityCheck SetAside(ReportContents contents) => contents.Condition.SetAside switch
    {
        { Count: 0 } => new(QualityMark.Fine, "No raw file is set aside."),
        var files => new(
            QualityMark.Look,
            $"{(files.Count == 1 ? "1 raw file is" : $"{ReportText.Count(files.Count)} raw files are")} set aside in {LakeKeys.Rejected}: nothing of "
                + $"{(files.Count == 1 ? "it" : "them")} is in the figures.",
            Names(files)),
    };

    private static IEnumerable<QualityCheck> Snapshots(ReportContents contents, SnapshotSurvey snapshots)
    {
        if (snapshots.Answer.Refusal is not null)
        {
            yield return new(QualityMark.Unknown, "It is not known whether the snapshots are complete.");
            yield break;
        }

        yield return snapshots.IncompleteCount == 0
            ? new(QualityMark.Fine, "Every snapshot is complete.")
            : new(
                QualityMark.Look,
                $"{(snapshots.IncompleteCount == 1 ? "1 snapshot lacks" : $"{ReportText.Count(snapshots.IncompleteCount)} snapshots lack")} rows and "
                    + $"{(snapshots.IncompleteCount == 1 ? "takes" : "take")} no part in moves and growth.",
                Names(snapshots.IncompletePlaylists.Select(contents.NameOf).ToList()));
        if (snapshots.WithoutPlace.Count > 0)
        {
            var count = snapshots.WithoutPlace.Values.Sum();
            yield return new(
                QualityMark.Look,
                $"{(count == 1 ? "1 snapshot takes" : $"{ReportText.Count(count)} snapshots take")} no part in moves and growth, as nothing tells a place in "
                    + "the order.",
                string.Join(", ", snapshots.WithoutPlace.Select(reason => $"{ReportText.Count(reason.Value)} {InWords(reason.Key)}")));
        }
    }

    private static string InWords(string reason) => reason switch
    {
        "no time" => "without any time",
        "tie" => "of one time with another",
        "no order" => "whose entries are neither older nor newer than those of others",
        _ => reason,
    };

    private static string Before(ReportContents contents, DateTimeOffset time) => (contents.WrittenAt - time) switch
    {
        { TotalMinutes: < 1 } => "less than a minute before this page",
        var age => $"{ReportText.Duration(age)} before this page",
    };

    private static string Names(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(NamesShown)) + (names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : "");
}
