using Microsoft.Extensions.Time.Testing;
using SpotifyEtl.Local.Runs;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Tests.Runs;

public sealed class ProgressTextTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(50, 1000, 98.0, "transform 50 of 1000 files, 98.0/s, 10 s left")]
    [InlineData(50, 100_000, 98.0, "transform 50 of 100000 files, 98.0/s, 17 min left")]
    [InlineData(50, 1_000_000, 98.0, "transform 50 of 1000000 files, 98.0/s, 2.8 h left")]
    [InlineData(1000, 1000, 98.0, "transform 1000 of 1000 files, 98.0/s")]
    [InlineData(0, 1000, null, "transform 0 of 1000 files")]
    public void A_phase_is_told_with_its_rate_and_the_time_that_is_left(int done, int total, double? perSecond, string expected) =>
        Assert.Equal(expected, ProgressText.Of(new RunProgress(RunPhase.Transform, done, total, 0), perSecond));

    [Fact]
    public void What_failed_and_what_is_waited_for_are_told() =>
        Assert.Equal(
            "extract 1 of 3 lists, 1 failed, 1 waiting for Spotify until 2026-11-22 06:30:00 UTC",
            ProgressText.Of(
                new RunProgress(RunPhase.Extract, 1, 3, 1) { Deferred = 1, WaitsUntil = new DateTimeOffset(2026, 11, 22, 6, 30, 0, TimeSpan.Zero) },
                perSecond: 2));

    [Fact]
    public void What_was_done_before_the_first_look_does_not_make_a_run_look_fast()
    {
        PhasePace pace = new(_time);

        Assert.True(pace.Look(Transformed(900)));
        Assert.Null(pace.PerSecond(Transformed(900)));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(pace.Look(Transformed(920)));
        Assert.Equal(2, pace.PerSecond(Transformed(920)));
    }

    [Fact]
    public void Each_phase_has_a_pace_of_its_own()
    {
        PhasePace pace = new(_time);
        pace.Look(Transformed(0));
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.True(pace.Look(new RunProgress(RunPhase.Crawl, 0, 6, 0)));
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(1.5, pace.PerSecond(new RunProgress(RunPhase.Crawl, 3, 6, 0)));
    }

    [Fact]
    public void In_the_first_second_there_is_no_rate()
    {
        PhasePace pace = new(_time);
        pace.Look(Transformed(0));
        _time.Advance(TimeSpan.FromMilliseconds(500));

        Assert.Null(pace.PerSecond(Transformed(100)));
    }

    private static RunProgress Transformed(int done) => new(RunPhase.Transform, done, 1000, 0);
}
