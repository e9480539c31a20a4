using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace SpotifyEtl.Functions.Tests.Spotify;

/// <summary>
/// Spotify's accounts service and Web API on loopback, in either contract, for one playlist of given rows and as many others as are
/// added; a script may answer in its place.
/// </summary>
internal sealed class SpotifyServer : IAsyncDisposable
{
    public const string PlaylistId = "4hRz0PqVt2mXk9wYc7LbNa";
    public const string ClientId = "app1";
    public const string ClientSecret = "s3cretOfTheApp";
    public const string AccessToken = "access-token-of-the-app";

    public const string RefreshToken = "refresh-token-of-ann";
    public const string Code = "code-for-ann";

    private readonly WebApplication _app;
    private int _inFlight;
    private int _mostInFlight;
    private int _snapshots;

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

    /// <summary>Whether each look at a playlist shows another snapshot, as those of personal lists do.</summary>
    public bool SnapshotChangesAlways { get; set; }

    /// <summary>Playlists besides the first, by their ids.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<string>> Others { get; } = new(StringComparer.Ordinal);

    /// <summary>The signed-in user, and the user's lists.</summary>
    public UserLists User { get; } = new();

    /// <summary>The token that is given out and accepted; another one makes those given before worthless.</summary>
    public string ValidToken { get; set; } = AccessToken;

    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The most requests, those for tokens too, that were being answered at one time.</summary>
    public int MostInFlight => _mostInFlight;

    /// <summary>The forms of the requests for tokens so far.</summary>
    public ConcurrentQueue<string> TokenForms { get; } = [];

    /// <summary>The refresh token in the next answers of the accounts service, if any.</summary>
    public string? GivesRefreshToken { get; set; }

    /// <summary>Tells the time at which requests come.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

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
        await server._app.StartAsync();
        return server;
    }

    /// <summary>The playlist object as it is sent, with this where its rows are.</summary>
    public string HeadJson(string id, string snapshotId, int total, string rows) =>
        $$"""
        { "collaborative":false , "description" : "", "external_urls":{"spotify":"https://open.spotify.com/playlist/{{id}}"},
         "followers" : {"href":null,"total":1.2e3}, "id":"{{id}}", "images":[ {"url":"u"} ], "name" : "Sån\u0067s, \"loud\"",
         "owner" : { "id":"ann" , "display_name" : "Änn" }, "public":true,"snapshot_id":"{{snapshotId}}",
         "{{(Classic ? "tracks" : "items")}}" : {{{rows}}"href":"here", "limit":100, "next":null, "offset":0, "previous":null, "total":{{total}} },
         "new in 2027":[ {} ], "uri":"spotify:playlist:{{id}}" }
        """;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var inFlight = Interlocked.Increment(ref _inFlight);
        InterlockedMax(ref _mostInFlight, inFlight);
        try
        {
            await AnswerOneAsync(context);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    private async Task AnswerOneAsync(HttpContext context)
    {
        var request = context.Request;
        var query = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        Asked asked = new(request.Path.Value!, query, Clock.GetUtcNow());
        if (asked.Path != "/token")
        {
            Requests.Enqueue(asked);
        }

        var answer = Script(asked) ?? (asked.Path == "/token" ? await TokenAsync(request) : Api(request, asked));
        if (answer.Before is { } before)
        {
            await before(context.RequestAborted);
        }

        if (answer.Fate is AnswerFate.NoAnswer)
        {
            context.Abort();
            return;
        }

        var body = answer.Bytes ?? Encoding.UTF8.GetBytes(answer.Body);
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (answer.Fate is AnswerFate.CutOff)
        {
            context.Response.ContentLength = body.Length + 1;
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
            return;
        }

        if (answer.Fate is AnswerFate.NeverEnds)
        {
            context.Response.ContentLength = body.Length + 1;
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = context.RequestAborted.Register(() => gone.TrySetResult());
            await gone.Task;
            return;
        }

        if (answer.Fate is AnswerFate.Trickles)
        {
            using PeriodicTimer drops = new(TimeSpan.FromMilliseconds(20));
            while (await drops.WaitForNextTickAsync(context.RequestAborted))
            {
                await context.Response.Body.WriteAsync(" "u8.ToArray(), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }

        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private async Task<Answer> TokenAsync(HttpRequest request)
    {
        var form = await new FormReader(request.Body).ReadFormAsync(request.HttpContext.RequestAborted);
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}"));
        TokenForms.Enqueue(string.Join('&', form.Select(pair => $"{pair.Key}={pair.Value}")));
        if (request.Headers.Authorization != basic)
        {
            return new Answer(400, """{"error":"invalid_client","error_description":"Invalid client secret"}""");
        }

        var isGood = form["grant_type"].ToString() switch
        {
            "client_credentials" => true,
            "refresh_token" => form["refresh_token"] == RefreshToken,
            "authorization_code" => form["code"] == Code,
            _ => false,
        };
        if (!isGood)
        {
            return new Answer(400, """{"error":"invalid_grant","error_description":"Refresh token revoked"}""");
        }

        TokensGiven++;
        var refreshToken = GivesRefreshToken is { } given ? $$""","refresh_token":"{{given}}" """ : "";
        var seconds = (int)TokenLifetime.TotalSeconds;
        return new Answer(200, $$"""{"access_token":"{{ValidToken}}","token_type":"Bearer","expires_in":{{seconds}}{{refreshToken}}}""");
    }

    private Answer Api(HttpRequest request, Asked asked)
    {
        if (request.Headers.Authorization != $"Bearer {ValidToken}")
        {
            return Answer.Error(401, "The access token expired");
        }

        if (User.Answer(asked, rows => PageBody(asked, rows)) is { } ofUser)
        {
            return ofUser;
        }

        var parts = asked.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not ["v1", "playlists", var id, ..] || RowsOf(id) is not { } rows)
        {
            return Answer.Error(404, "Resource not found");
        }

        return parts.Skip(3).ToArray() switch
        {
            [] => new Answer(200, HeadBody(id, rows, asked)),
            ["items"] => Classic ? Answer.Error(404, "Service not found") : new Answer(200, PageBody(asked, rows)),
            ["tracks"] => Classic ? new Answer(200, PageBody(asked, rows)) : Answer.Error(403, "Forbidden"),
            _ => Answer.Error(404, "Resource not found"),
        };
    }

    private IReadOnlyList<string>? RowsOf(string id) => id == PlaylistId ? Rows : Others.TryGetValue(id, out var rows) ? rows : null;

    private string HeadBody(string id, IReadOnlyList<string> rows, Asked asked)
    {
        var snapshotId = SnapshotId + (SnapshotChangesAlways ? Interlocked.Increment(ref _snapshots) : "");
        return asked.Query.TryGetValue("fields", out var fields)
            ? fields == "snapshot_id" ? $$"""{"snapshot_id":"{{snapshotId}}"}""" : throw new NotSupportedException(fields)
            : HeadJson(id, snapshotId, rows.Count, $$""" "items" : [ {{string.Join(Separator, rows.Take(100))}} ] ,""");
    }

    private string PageBody(Asked asked, IReadOnlyList<string> rows)
    {
        var (offset, limit) = (asked.Number("offset") ?? 0, asked.Number("limit") ?? 20);
        return $$"""
            { "href":"here", "items" : [ {{string.Join(Separator, rows.Skip(offset).Take(limit))}} ],
              "limit":{{limit}}, "next":null, "offset":{{offset}}, "previous":null, "total":{{rows.Count}} }
            """;
    }
}
