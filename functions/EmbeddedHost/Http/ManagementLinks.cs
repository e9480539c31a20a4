namespace EmbeddedHost.Http;

/// <summary>The addresses of the management API.</summary>
/// <param name="HostUrl">Where the host is reached; null when it does not listen.</param>
/// <param name="TaskHub">The task hub's name.</param>
/// <param name="Key">The key that opens it, or null when none is needed.</param>
internal sealed record ManagementLinks(Uri? HostUrl, string TaskHub, string? Key)
{
    public const string BasePath = "/runtime/webhooks/durabletask";

    /// <summary>The addresses as the management API itself gives them, in the order of its JSON.</summary>
    public IReadOnlyList<(string Name, string Url)> ToStartAnswer(string instanceId, Uri requestUrl)
    {
        var instance = InstanceUrl(requestUrl, instanceId);
        var rest = $"taskHub={Uri.EscapeDataString(TaskHub)}&connection=Storage" + (Key is null ? string.Empty : "&code=" + Uri.EscapeDataString(Key));
        return
        [
            ("statusQueryGetUri", instance + Query(rest)),
            ("sendEventPostUri", instance + "/raiseEvent/{eventName}" + Query(rest)),
            ("terminatePostUri", instance + "/terminate" + Query("reason={text}", rest)),
            ("purgeHistoryDeleteUri", instance + Query(rest)),
            ("restartPostUri", instance + "/restart" + Query(rest)),
            ("suspendPostUri", instance + "/suspend" + Query("reason={text}", rest)),
            ("resumePostUri", instance + "/resume" + Query("reason={text}", rest)),
            ("rewindPostUri", instance + "/rewind" + Query("reason={text}", rest)),
        ];
    }

    private string InstanceUrl(Uri? requestUrl, string instanceId)
    {
        var host = requestUrl ?? HostUrl ?? throw new InvalidOperationException("The host does not listen for HTTP, so an instance has no address.");
        return $"{host.GetLeftPart(UriPartial.Authority)}{BasePath}/instances/{Uri.EscapeDataString(instanceId)}";
    }

    private static string Query(params ReadOnlySpan<string> parts)
    {
        var query = string.Empty;
        foreach (var part in parts)
        {
            query += part.Length == 0 ? part : (query.Length == 0 ? "?" : "&") + part;
        }

        return query;
    }
}
