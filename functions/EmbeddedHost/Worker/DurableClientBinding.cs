using System.Text.Json;
using EmbeddedHost.Hosting;

namespace EmbeddedHost.Worker;

/// <summary>What a function's durable client is given to find this host by: where its gRPC service is, and what its links begin with.</summary>
internal sealed class DurableClientBinding(WorkerEndpoint endpoint, HostJson hostJson)
{
    private const string Timeout = "\"00:01:40\"";

    private string? _value;

    /// <summary>As the extension sends it: JSON. The connection's name is the token by which the host knows its own clients.</summary>
    public string Value => _value ??= Write(managementUrl: null, key: null);

    /// <summary>Sets what the links of the management API begin with and the key that they carry, once the host listens.</summary>
    public void Announce(Uri managementUrl, string? key) => _value = Write(managementUrl, key);

    private string Write(Uri? managementUrl, string? key) => JsonSerializer.Serialize(new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["taskHubName"] = hostJson.DurableTask.HubName,
        ["connectionName"] = endpoint.ClientToken,
        ["requiredQueryStringParameters"] = key is null ? string.Empty : "code=" + Uri.EscapeDataString(key),
        ["rpcBaseUrl"] = endpoint.Address.ToString(),
        ["httpBaseUrl"] = managementUrl?.ToString(),
        ["useForwardedHost"] = false,
        ["maxGrpcMessageSizeInBytes"] = int.MaxValue,
        ["grpcHttpClientTimeout"] = Timeout,
    });
}
