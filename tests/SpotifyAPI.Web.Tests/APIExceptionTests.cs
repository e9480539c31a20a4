using System.Net;
using SpotifyAPI.Web.Http;

namespace SpotifyAPI.Web.Tests;

public sealed class APIExceptionTests
{
    [Theory]
    [InlineData("""{"error":{"status":403,"message":"Forbidden"}}""", "Forbidden")]
    [InlineData("""{"error":"invalid_grant","error_description":"Refresh token revoked"}""", "invalid_grant")]
    public void The_message_is_the_one_in_the_body(string body, string message) =>
        Assert.Equal(message, new APIException(ResponseOf(body)).Message);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Active premium subscription required")]
    [InlineData("[1]")]
    [InlineData("""{"error":{"status":500}}""")]
    [InlineData("""{"error":null}""")]
    [InlineData("""{"error":{"mess""")]
    [InlineData("""{"error":{"message":"half \ud83d a pair"}}""")]
    public void A_body_without_a_message_gives_the_type_s_name(string? body) =>
        Assert.Contains(nameof(APIException), new APIException(ResponseOf(body)).Message, StringComparison.Ordinal);

    [Fact]
    public void Too_many_requests_carries_the_seconds_to_wait() =>
        Assert.Equal(TimeSpan.FromSeconds(48_925), new APITooManyRequestsException(ResponseOf("{}", "48925")).RetryAfter);

    [Fact]
    public void Too_many_requests_without_a_time_waits_for_nothing() =>
        Assert.Equal(TimeSpan.Zero, new APITooManyRequestsException(ResponseOf("{}")).RetryAfter);

    [Fact]
    public void A_retry_after_that_is_a_date_cannot_be_read() =>
        Assert.Throws<FormatException>(() => new APITooManyRequestsException(ResponseOf("{}", "Wed, 21 Oct 2026 07:28:00 GMT")));

    private static Response ResponseOf(string? body, string? retryAfter = null)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        if (retryAfter is not null)
        {
            headers["Retry-After"] = retryAfter;
        }

        return new Response(headers) { Body = body, StatusCode = HttpStatusCode.TooManyRequests };
    }
}
