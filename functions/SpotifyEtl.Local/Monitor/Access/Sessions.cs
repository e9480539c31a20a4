using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using EmbeddedHost.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace SpotifyEtl.Local.Monitor.Access;

/// <summary>
/// Who is signed in to the pages of a host that has keys. The browser keeps a random token, never the key; the tokens live in memory, so a
/// restart of the host signs everybody out.
/// </summary>
internal sealed class Sessions(IOptions<EmbeddedHostOptions> options, TimeProvider time)
{
    private const string CookieName = "spotify-etl-session";
    private const int MaxSessions = 1000;

    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(12);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _ends = new(StringComparer.Ordinal);

    /// <summary>Whether the host has keys; without any the host itself lets only this machine in.</summary>
    public bool AreNeeded => Keys.Any();

    // The management API's own key opens that alone, as on Azure.
    private IEnumerable<string> Keys => new[] { options.Value.Http?.MasterKey, options.Value.Http?.FunctionKey }.OfType<string>().Where(key => key.Length > 0);

    public bool Includes(HttpRequest request) =>
        !AreNeeded || (request.Cookies[CookieName] is { Length: > 0 } token && _ends.TryGetValue(Hash(token), out var end) && end > time.GetUtcNow());

    /// <summary>Signs the browser in, if the key is the master key or the function key.</summary>
    public bool TryBegin(HttpContext context, string key)
    {
        var shown = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        if (!Keys.Any(known => CryptographicOperations.FixedTimeEquals(shown, SHA256.HashData(Encoding.UTF8.GetBytes(known)))))
        {
            return false;
        }

        var now = time.GetUtcNow();
        var overdue = _ends.Where(session => session.Value <= now).Concat(_ends.OrderByDescending(session => session.Value).Skip(MaxSessions - 1));
        foreach (var (ended, _) in overdue.ToList())
        {
            _ends.TryRemove(ended, out _);
        }

        var token = RandomNumberGenerator.GetHexString(64, lowercase: true);
        _ends[Hash(token)] = now + s_lifetime;
        context.Response.Cookies.Append(CookieName, token, Cookie(context.Request));
        return true;
    }

    public void End(HttpContext context)
    {
        if (context.Request.Cookies[CookieName] is { Length: > 0 } token)
        {
            _ends.TryRemove(Hash(token), out _);
        }

        context.Response.Cookies.Delete(CookieName, Cookie(context.Request));
    }

    private CookieOptions Cookie(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = request.IsHttps || options.Value.Http?.PublicUrl?.Scheme == Uri.UriSchemeHttps,
        Path = "/",
    };

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
