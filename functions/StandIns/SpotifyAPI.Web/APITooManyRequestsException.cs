using System.Globalization;
using SpotifyAPI.Web.Http;

namespace SpotifyAPI.Web;

/// <summary>Status 429.</summary>
public class APITooManyRequestsException : APIException
{
    public APITooManyRequestsException()
    {
    }

    public APITooManyRequestsException(string message)
        : base(message)
    {
    }

    public APITooManyRequestsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <exception cref="FormatException">The Retry-After header is not a number of seconds.</exception>
    public APITooManyRequestsException(IResponse response)
        : base(response)
    {
        if (response.Headers.TryGetValue("Retry-After", out var seconds))
        {
            RetryAfter = TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>How long the API asks to wait; zero when it does not say.</summary>
    public TimeSpan RetryAfter { get; }
}
