using SpotifyEtl.Errors;
using SpotifyEtl.Spotify;
using Xunit;

namespace SpotifyEtl.Functions.Tests.Spotify;

public sealed class SpotifyFailureTests
{
    [Fact]
    public void A_timeout_that_nobody_asked_for_is_a_failure_that_may_pass()
    {
        var timeout = new TaskCanceledException("The request was canceled due to the configured timeout.", new TimeoutException());

        Assert.True(SpotifyFailure.Covers(timeout, CancellationToken.None));
        Assert.Contains("did not answer in time", Assert.IsType<TransientEtlException>(SpotifyFailure.Of(timeout, "id")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancellation_that_was_asked_for_is_none() =>
        Assert.False(SpotifyFailure.Covers(new OperationCanceledException(), new CancellationToken(canceled: true)));

    [Fact]
    public void A_failure_of_our_own_stays_what_it_is() =>
        Assert.False(SpotifyFailure.Covers(new PermanentEtlException("kept"), CancellationToken.None));
}
