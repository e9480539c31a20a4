using SpotifyEtl.Local.Monitor.Timeline;

namespace SpotifyEtl.Local.Tests.Monitor.Timeline;

public sealed class TimelineRowTests
{
    [Fact]
    public void Steps_of_one_name_share_a_row_where_they_would_hide_the_others()
    {
        DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        TimelineStep Step(string name, int number, BarState state = BarState.Done, StepKind kind = StepKind.SubOrchestration) =>
            new(name, $"{name} {number}", kind, [new TimelineBar(start.AddSeconds(number), start.AddSeconds(number + 2), state)], $"r:{name}-{number}")
            {
                Files = name == "ProcessFiles" ? 50 : 0,
            };
        List<TimelineStep> steps =
        [
            Step("ListRawFiles", 0, kind: StepKind.Activity),
            .. Enumerable.Range(1, 40).Select(number => Step("ProcessFiles", number, number == 7 ? BarState.Failed : BarState.Done)),
            .. Enumerable.Range(50, 2).Select(number => Step("RefreshCrawler", number)),
            .. Enumerable.Range(60, 3).Select(number => Step("WriteMonth", number, kind: StepKind.Activity)),
        ];

        var rows = TimelineRow.Of(steps);

        Assert.Equal(
            [
                ("ListRawFiles", 1), ("ProcessFiles", 40), ("RefreshCrawler", 2), ("WriteMonth", 1), ("WriteMonth", 1), ("WriteMonth", 1),
            ],
            rows.Select(row => (row.Name, row.Steps.Count)));
        Assert.Equal((BarState.Failed, "40 batches, 2,000 files"), (rows[1].State, rows[1].Count()));
        Assert.Equal("2 crawlers", rows[2].Count());
        Assert.Equal(start.AddSeconds(42), rows[1].End);
    }
}
