using EmbeddedHost.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SpotifyEtl.Local.Monitor;

internal static class PageRoutes
{
    // The pages ask for a session of their own where the host has keys.
    private static readonly RequiredKey s_open = new(AuthLevel.Anonymous);

    /// <summary>Maps a route of the monitor, which guards itself.</summary>
    public static void MapPage(this IEndpointRouteBuilder routes, string method, string pattern, RequestDelegate page) =>
        routes.MapMethods(pattern, [method], page).WithMetadata(s_open);

    /// <summary>A value of the route.</summary>
    public static string RouteText(this HttpContext context, string name) => context.GetRouteValue(name)?.ToString() ?? string.Empty;
}
