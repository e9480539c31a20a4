using System.Net;

namespace SpotifyEtl.Spotify;

/// <summary>Follows redirects that stay on the host, and no other: what signs a request is for that host only.</summary>
internal sealed class SameHostRedirects : DelegatingHandler
{
    private const int MaxRedirects = 5;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HashSet<Uri> asked = [];
        while (true)
        {
            var from = request.RequestUri!;
            asked.Add(from);
            var answer = await base.SendAsync(request, cancellationToken);
            if ((int)answer.StatusCode is < 300 or >= 400)
            {
                return answer;
            }

            using (answer)
            {
                request.RequestUri = Next(request, answer);
            }

            if (asked.Contains(request.RequestUri) || asked.Count > MaxRedirects)
            {
                throw Hopeless(from, $"redirects in a circle, {asked.Count} times so far");
            }
        }
    }

    private static Uri Next(HttpRequestMessage request, HttpResponseMessage answer)
    {
        var from = request.RequestUri!;
        if (answer.Headers.Location is not { } location || !Uri.TryCreate(from, location, out var to))
        {
            throw Hopeless(from, $"answers {(int)answer.StatusCode}, a redirect, without an address");
        }

        if (!IsSameHost(from, to))
        {
            throw Hopeless(from, $"redirects to another host ({Host(to)}), which is not followed with Spotify's credentials");
        }

        // Any other status would have the form left out.
        if (request.Method != HttpMethod.Get && answer.StatusCode is not (HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
        {
            throw Hopeless(from, $"answers a request for a token with {(int)answer.StatusCode}, a redirect");
        }

        return to;
    }

    private static bool IsSameHost(Uri from, Uri to) =>
        string.Equals(from.Host, to.Host, StringComparison.OrdinalIgnoreCase)
        && ((from.Scheme == to.Scheme && from.Port == to.Port)
            || (from.Scheme == Uri.UriSchemeHttp && to.Scheme == Uri.UriSchemeHttps && from.IsDefaultPort && to.IsDefaultPort));

    private static string Host(Uri address) => $"{address.Scheme}://{address.Authority}";

    private static HopelessRequestException Hopeless(Uri from, string what) => new(
        $"{Host(from)} {what}. Spotify does not: check whether the network wants a sign-in first, and Spotify__ApiBaseUrl and "
        + "Spotify__TokenUrl if they are set.",
        HopelessRequestException.OneTry);
}
