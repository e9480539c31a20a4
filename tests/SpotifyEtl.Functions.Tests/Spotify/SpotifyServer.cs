using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Xunit;

namespace SpotifyEtl.Functions.Tests.Spotify;

/// <summary>Spotify's accounts service and Web API on loopback, for one playlist of given rows, in either contract; a script may answer in its place.</summary>
internal sealed class SpotifyServer : IAsyncDisposable
{
    public const string PlaylistId = "4hRz0PqVt2mXk9wYc7LbNa";
    public const string ClientId = "app1";
    public const string ClientSecret = "s3cretOfTheApp";
    public const string AccessToken = "access-token-of-the-app";

    private readonly WebApplication _app;

    private SpotifyServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.Run(AnswerAsync);
    }

    /// <summary>The playlist's rows, each JSON text that is sent as it is.</summary>
    public IReadOnlyList<string> Rows { get; set; } = [];

    /// <summary>Rows at <c>/tracks</c>, as apps from before 2026 know it; else at <c>/items</c>.</summary>
    public bool Classic { get; init; }

    public string SnapshotId { get; set; } = "AAAAAQsnap";

    /// <summary>How rows are put into a page's array.</summary>
    public string Separator { get; set; } = ", ";

    /// <summary>Answers a request in the server's place, or does not: null.</summary>
    public Func<Asked, Answer?> Script { get; set; } = _ => null;

    /// <summary>The API requests so far, without those for a token.</summary>
    public ConcurrentQueue<Asked> Requests { get; } = [];

    public int TokensGiven { get; private set; }

    public string ApiBaseUrl => $"{_app.Urls.First()}/v1";

    public string TokenUrl => $"{_app.Urls.First()}/token";

    public static async Task<SpotifyServer> StartAsync(bool classic = false, params IReadOnlyList<string> rows)
    {
        var server = new SpotifyServer { Classic = classic, Rows = rows };
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var asked = new Asked(request.Path.Value!, request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal));
        if (asked.Path != "/token")
        {
            Requests.Enqueue(asked);
        }

        var answer = Script(asked) ?? (asked.Path == "/token" ? await TokenAsync(request) : Api(request, asked));
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer.Body), context.RequestAborted);
    }

    private async Task<Answer> TokenAsync(HttpRequest request)
    {
        var form = await new FormReader(request.Body).ReadFormAsync(request.HttpContext.RequestAborted);
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}"));
        if (request.Headers.Authorization != basic || form["grant_type"] != "client_credentials")
        {
            return new Answer(400, """{"error":"invalid_client","error_description":"Invalid client secret"}""");
        }

        TokensGiven++;
        return new Answer(200, $$"""{"access_token":"{{AccessToken}}","token_type":"Bearer","expires_in":3600}""");
    }

    private Answer Api(HttpRequest request, Asked asked)
    {
        if (request.Headers.Authorization != $"Bearer {AccessToken}")
        {
            return Answer.Error(401, "Invalid access token");
        }

        return asked.Path switch
        {
            $"/v1/playlists/{PlaylistId}" => new Answer(200, HeadBody()),
            $"/v1/playlists/{PlaylistId}/items" => Classic ? Answer.Error(404, "Service not found") : new Answer(200, PageBody(asked)),
            $"/v1/playlists/{PlaylistId}/tracks" => Classic ? new Answer(200, PageBody(asked)) : Answer.Error(403, "Forbidden"),
            _ => Answer.Error(404, "Resource not found"),
        };
    }

    private string HeadBody() =>
        $$"""
        {"{{(Classic ? "tracks" : "items")}}" : {"total":{{Rows.Count}}}, "id":"{{PlaylistId}}",
         "name" : "Sån\u0067s, \"loud\"", "snapshot_id":"{{SnapshotId}}", "owner" : { "id":"ann" , "display_name" : "Änn" } }
        """;

    private string PageBody(Asked asked)
    {
        var (offset, limit) = (asked.Number("offset") ?? 0, asked.Number("limit") ?? 20);
        return $$"""
            { "href":"here", "items" : [ {{string.Join(Separator, Rows.Skip(offset).Take(limit))}} ],
              "limit":{{limit}}, "next":null, "offset":{{offset}}, "previous":null, "total":{{Rows.Count}} }
            """;
    }
}

internal sealed record Asked(string Path, IReadOnlyDictionary<string, string> Query)
{
    public int? Number(string name) => Query.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    public bool IsPage => Path.EndsWith("/items", StringComparison.Ordinal) || Path.EndsWith("/tracks", StringComparison.Ordinal);
}

internal sealed record Answer(int Status, string Body, string ContentType = "application/json; charset=utf-8")
{
    public Dictionary<string, string> Headers { get; init; } = [];

    public static Answer Error(int status, string message) => new(status, $$$"""{"error":{"status":{{{status}}},"message":"{{{message}}}"}}""");
}
