using System.Net;
using Microsoft.AspNetCore.Http;

namespace EmbeddedHost.Http;

/// <summary>
/// A host without keys trusts the programs of its machine. A web page in a browser there is not one of them: it can send requests to
/// loopback addresses, under its own site's name or as a cross-site request, and is told apart by the headers that its browser sets.
/// </summary>
internal static class LocalCallers
{
    public static bool Includes(HttpRequest request)
    {
        if (!IsLoopback(request.Host.Host))
        {
            return false;
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var site) && IsLoopback(site.Host) && site.Authority == request.Host.Value);
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
