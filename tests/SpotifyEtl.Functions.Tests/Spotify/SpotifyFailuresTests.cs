using SpotifyEtl.Errors;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Functions.Tests.Spotify;

public sealed class SpotifyFailuresTests
{
    [Fact]
    public void A_timeout_that_nobody_asked_for_is_one_of_spotifys()
    {
        TaskCanceledException timeout = new("The request was canceled due to the configured timeout.", new TimeoutException());

        Assert.True(SpotifyFailures.Covers(timeout, CancellationToken.None));
    }

    [Fact]
    public void A_cancellation_that_was_asked_for_is_none() =>
        Assert.False(SpotifyFailures.Covers(new OperationCanceledException(), new CancellationToken(canceled: true)));

    [Fact]
    public void A_failure_of_our_own_stays_what_it_is() =>
        Assert.False(SpotifyFailures.Covers(new PermanentEtlException("kept"), CancellationToken.None));
}
