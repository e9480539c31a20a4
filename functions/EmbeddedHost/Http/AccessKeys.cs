using System.Security.Cryptography;
using System.Text;
using EmbeddedHost.Hosting;
using Microsoft.AspNetCore.Http;

namespace EmbeddedHost.Http;

/// <summary>The keys that open an embedded host. Kept and compared as hashes, in constant time.</summary>
internal sealed class AccessKeys
{
    private const string HeaderName = "x-functions-key";
    private const string QueryName = "code";

    private readonly byte[]? _master;
    private readonly byte[]? _function;
    private readonly byte[]? _durableTask;

    public AccessKeys(HttpListenOptions options)
    {
        DurableTaskKey = Given(options.DurableTaskKey) ?? Derived(options.MasterKey);
        _master = Hashed(options.MasterKey);
        _function = Hashed(options.FunctionKey);
        _durableTask = Hashed(DurableTaskKey);
    }

    /// <summary>Whether there are keys at all; if not, every caller may do everything.</summary>
    public bool AreChecked => (_master ?? _function ?? _durableTask) is not null;

    /// <summary>The key that opens the management API, for its links; null when keys are not checked.</summary>
    public string? DurableTaskKey { get; }

    /// <summary>Whether a request may go on: 200, 401, or 403 for a key that is known and does not open this.</summary>
    public int Check(HttpRequest request, AuthLevel level)
    {
        if (level is AuthLevel.Anonymous || !AreChecked)
        {
            return StatusCodes.Status200OK;
        }

        var key = request.Headers[HeaderName].ToString() is { Length: > 0 } header ? header : request.Query[QueryName].ToString();
        if (Hashed(key) is not { } shown)
        {
            return StatusCodes.Status401Unauthorized;
        }

        var (isMaster, isFunction, isDurableTask) = (Equal(shown, _master), Equal(shown, _function), Equal(shown, _durableTask));
        return level switch
        {
            _ when isMaster => StatusCodes.Status200OK,
            AuthLevel.Function when isFunction => StatusCodes.Status200OK,
            AuthLevel.System when isDurableTask => StatusCodes.Status200OK,
            AuthLevel.System when isFunction => StatusCodes.Status403Forbidden,
            _ => StatusCodes.Status401Unauthorized,
        };
    }

    private static string? Given(string? key) => string.IsNullOrEmpty(key) ? null : key;

    // The same after each start, so that links which were handed out go on to work.
    private static string? Derived(string? masterKey) => Given(masterKey) is { } master
        ? Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(master), "durabletask_extension"u8))
        : null;

    private static byte[]? Hashed(string? key) => Given(key) is { } given ? SHA256.HashData(Encoding.UTF8.GetBytes(given)) : null;

    private static bool Equal(byte[] shown, byte[]? key) => key is not null && CryptographicOperations.FixedTimeEquals(shown, key);
}
