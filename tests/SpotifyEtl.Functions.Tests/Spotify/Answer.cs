namespace SpotifyEtl.Functions.Tests.Spotify;

/// <summary>What the server answers.</summary>
internal sealed record Answer(int Status, string Body, string ContentType = "application/json; charset=utf-8")
{
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>The body, where it is no text.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>What happens to it on its way.</summary>
    public AnswerFate Fate { get; init; }

    /// <summary>What it waits for.</summary>
    public Func<CancellationToken, Task>? Before { get; init; }

    public static Answer Error(int status, string message) => new(status, $$$"""{"error":{"status":{{{status}}},"message":"{{{message}}}"}}""");

    /// <summary>A rate limit, with this Retry-After or none.</summary>
    public static Answer Limit(string? retryAfter, bool quota = false)
    {
        var answer = quota
            ? new Answer(429, """{"error":{"status":429,"message":"Quota exceeded","reason":"QUOTA_EXCEEDED"}}""")
            : Error(429, "API rate limit exceeded");
        return retryAfter is null ? answer : answer with { Headers = new(StringComparer.Ordinal) { ["Retry-After"] = retryAfter } };
    }
}
