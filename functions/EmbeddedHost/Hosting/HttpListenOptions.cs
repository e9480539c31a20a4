using Microsoft.AspNetCore.Routing;

namespace EmbeddedHost.Hosting;

/// <summary>
/// Where an embedded host listens for HTTP, and the keys that callers must show. Without any key it may listen on a loopback address only,
/// and answers every local caller. As app settings: <c>EmbeddedHost__Http__Port</c> and so on.
/// </summary>
public sealed class HttpListenOptions
{
    /// <summary>An IP address, <c>localhost</c>, or <c>*</c> for all of the machine's addresses. Default: 127.0.0.1.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The port; 0: any that is free, told by <see cref="ListeningAddress"/>. Default: 7071.</summary>
    public int Port { get; set; } = 7071;

    /// <summary>
    /// The address under which clients reach the host, for the links in its answers, such as <c>https://etl.example.com</c>. Default: the
    /// one it listens on.
    /// </summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Opens everything. Needed unless the address is a loopback one.</summary>
    public string? MasterKey { get; set; }

    /// <summary>Opens HTTP functions of the level Function. Default: only the master key does.</summary>
    public string? FunctionKey { get; set; }

    /// <summary>Opens the management API; its links carry it. Default: a key that follows from the master key.</summary>
    public string? DurableTaskKey { get; set; }

    /// <summary>The largest body of a request, in bytes. Default: 1,048,576 (1 MB).</summary>
    public long MaxRequestBytes { get; set; } = 1024 * 1024;

    /// <summary>After this time a request is cancelled and answered 504. Default: 230 seconds, as in Azure.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(230);

    /// <summary>
    /// Maps routes of the program's own beside the functions. They need the function key unless their metadata holds an
    /// <c>RequiredKey</c> of another level.
    /// </summary>
    public Action<IEndpointRouteBuilder>? MapRoutes { get; set; }
}
