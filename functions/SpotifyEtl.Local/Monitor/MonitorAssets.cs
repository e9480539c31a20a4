using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SpotifyEtl.Local.Monitor;

/// <summary>The files that the pages load: shipped in the program, at addresses that change with their content.</summary>
internal static class MonitorAssets
{
    private static readonly Dictionary<string, string> s_types = new(StringComparer.Ordinal)
    {
        ["monitor.css"] = "text/css; charset=utf-8",
        ["tables.css"] = "text/css; charset=utf-8",
        ["monitor.js"] = "text/javascript; charset=utf-8",
        ["editor.js"] = "text/javascript; charset=utf-8",
        ["sql.js"] = "text/javascript; charset=utf-8",
        ["icon.svg"] = "image/svg+xml",
    };

    private static readonly Dictionary<string, byte[]> s_files = s_types.Keys.ToDictionary(name => name, Read, StringComparer.Ordinal);

    /// <summary>Where a page finds a file.</summary>
    public static string Address(string name) => $"/monitor/{name}?{Convert.ToHexStringLower(SHA256.HashData(s_files[name]).AsSpan(0, 6))}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (name, content) in s_files)
        {
            routes.MapPage(HttpMethods.Get, "/monitor/" + name, context =>
            {
                context.Response.ContentType = s_types[name];
                context.Response.Headers.XContentTypeOptions = "nosniff";
                context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
            });
        }
    }

    private static byte[] Read(string name)
    {
        using var resource = typeof(MonitorAssets).Assembly.GetManifestResourceStream("Monitor/" + name)!;
        using MemoryStream copy = new();
        resource.CopyTo(copy);
        return copy.ToArray();
    }
}
