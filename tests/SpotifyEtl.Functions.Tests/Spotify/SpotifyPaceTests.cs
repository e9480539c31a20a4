using SpotifyEtl.Spotify;

namespace SpotifyEtl.Functions.Tests.Spotify;

public sealed class SpotifyPaceTests
{
    [Fact]
    public async Task At_most_four_requests_are_in_flight_however_many_playlists_there_are()
    {
        await using var extraction = await Extraction.StartAsync(rows: Extraction.RowsOf(120));
        using SemaphoreSlim four = new(0);
        var arrived = 0;
        extraction.Server.Script = asked => asked.IsPage && Respond(asked) is { } answer ? answer : null;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => extraction.RunAsync()));

        Assert.All(outcomes, outcome => Assert.Equal(120, outcome.Playlist?.Items));
        Assert.Equal(SpotifyPace.MaxInFlight, extraction.Server.MostInFlight);

        // The first four pages are answered when all four have come.
        Answer? Respond(Asked asked)
        {
            var number = Interlocked.Increment(ref arrived);
            if (number == 4)
            {
                four.Release(4);
            }

            return number > 4 ? null : new Answer(
                200, $$"""{"items":[{{string.Join(',', Extraction.RowsOf(120).Skip(asked.Number("offset")!.Value).Take(50))}}],"total":120}""")
            {
                Before = four.WaitAsync,
            };
        }
    }

    [Fact]
    public async Task A_rate_limit_holds_back_the_requests_of_all_playlists()
    {
        await using var extraction = await Extraction.StartAsync();
        string[] ids = [.. Enumerable.Range(0, 9).Select(n => $"4hRz0PqVt2mXk9wYc7LbN{n}")];
        foreach (var id in ids)
        {
            extraction.Server.Others[id] = Extraction.RowsOf(3);
        }

        await extraction.RunAsync();
        var limited = false;
        extraction.Server.Script = asked => !limited && (limited = true) ? Answer.Limit("7") : null;
        var before = extraction.Clock.GetUtcNow();
        using (var first = new CancellationTokenSource())
        {
            var told = extraction.BeginAsync(cancellationToken: first.Token);
            await extraction.Log.WaitForAsync("Warning 105");
            await first.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => told);
        }

        extraction.Server.Requests.Clear();
        await Task.WhenAll(ids.Select(id => extraction.RunAsync(id)));

        Assert.NotEmpty(extraction.Server.Requests);
        Assert.All(extraction.Server.Requests, asked => Assert.True(asked.At >= before.AddSeconds(7), $"asked at {asked.At:O}"));
    }

    [Theory]
    [InlineData(1, 0.0, 1.0)]
    [InlineData(1, 1.0, 0.5)]
    [InlineData(4, 0.0, 8.0)]
    [InlineData(5, 0.0, 16.0)]
    [InlineData(6, 0.0, 16.0)]
    [InlineData(6, 0.5, 12.0)]
    [InlineData(1000, 0.0, 16.0)]
    public void Back_off_doubles_up_to_a_bound_and_chance_shortens_it_by_up_to_half(int failures, double chance, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), SpotifyWaits.BackOff(failures, chance));

    [Theory]
    [InlineData(0.0, 20.0)]
    [InlineData(0.5, 21.125)]
    [InlineData(1.0, 22.25)]
    public void A_rate_limit_is_never_waited_for_less_than_was_asked(double chance, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), SpotifyWaits.AfterLimit(TimeSpan.FromSeconds(20), chance));

    [Fact]
    public void Chance_is_at_least_zero_and_less_than_one_and_not_always_the_same()
    {
        double[] drawn = [.. Enumerable.Range(0, 100).Select(_ => Jitter.Random.Draw())];

        Assert.All(drawn, chance => Assert.InRange(chance, 0, 0.9999999));
        Assert.True(drawn.Distinct().Count() > 50);
    }
}
