using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace EmbeddedHost.Worker;

/// <summary>
/// Where a worker finds this host, known before the host listens there: the port is taken when this is made. What a worker must show is
/// random, so that another user of the machine, who can reach the port, is turned away.
/// </summary>
internal sealed class WorkerEndpoint : IDisposable
{
    private readonly DirectoryInfo? _sockets = Socket.OSSupportsUnixDomainSockets ? Directory.CreateTempSubdirectory("embedded-host-") : null;
    private int _starts;

    public WorkerEndpoint()
    {
        Listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Address = new UriBuilder(Uri.UriSchemeHttp, IPAddress.Loopback.ToString(), EndPoint.Port).Uri;
    }

    /// <summary>The socket that holds the port, for the server to listen on.</summary>
    public Socket Listener { get; }

    public IPEndPoint EndPoint => (IPEndPoint)Listener.LocalEndPoint!;

    /// <summary>Such as <c>http://127.0.0.1:41235/</c>: HTTP/2 without TLS.</summary>
    public Uri Address { get; }

    /// <summary>What the worker must call itself when it connects.</summary>
    public string WorkerId { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>What a durable client must show with every call.</summary>
    public string ClientToken { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The Unix socket on which the worker that was started last is to serve HTTP; null where there are none.</summary>
    public string? HttpSocket { get; private set; }

    /// <summary>
    /// The settings under which the next worker finds this host, <c>:</c> nesting. Each start has a socket of its own: a killed worker
    /// leaves one behind.
    /// </summary>
    public IReadOnlyDictionary<string, string?> SettingsOfNextWorker()
    {
        Dictionary<string, string?> settings = new(StringComparer.Ordinal)
        {
            ["Functions:Worker:HostEndpoint"] = Address.ToString(),
            ["Functions:Worker:WorkerId"] = WorkerId,
            ["Functions:Worker:RequestId"] = WorkerId,
            ["Functions:Worker:GrpcMaxMessageLength"] = int.MaxValue.ToString(CultureInfo.InvariantCulture),
        };
        if (_sockets is not null)
        {
            HttpSocket = Path.Combine(_sockets.FullName, string.Create(CultureInfo.InvariantCulture, $"{++_starts}.sock"));
            settings["Kestrel:Endpoints:EmbeddedHost:Url"] = "http://unix:" + HttpSocket;
        }

        return settings;
    }

    public void Dispose()
    {
        Listener.Dispose();
        try
        {
            _sockets?.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A worker that outlives this host still has its socket there.
        }
    }
}
