using System.Web;

namespace SpotifyAPI.Web.Http;

internal static class QueryString
{
    /// <summary>The address with the parameters added to its query. One that the address has already is refused.</summary>
    public static Uri Apply(Uri uri, IDictionary<string, string> parameters)
    {
        if (parameters.Count == 0)
        {
            return uri;
        }

        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        var present = HttpUtility.ParseQueryString(uri.Query);
        foreach (var key in present.AllKeys)
        {
            all.Add(key!, present[key]!);
        }

        foreach (var (key, value) in parameters)
        {
            all.Add(key, HttpUtility.UrlEncode(value));
        }

        return new UriBuilder(uri) { Query = string.Join('&', all.Select(pair => $"{pair.Key}={pair.Value}")) }.Uri;
    }
}
