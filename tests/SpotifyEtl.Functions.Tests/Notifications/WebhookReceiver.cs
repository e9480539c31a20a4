using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SpotifyEtl.Functions.Tests.Notifications;

/// <summary>Takes notifications on loopback, under an address with a token in it.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    public const string Token = "T0K3N-of-the-channel";

    private readonly WebApplication _app;

    private WebhookReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapPost($"/services/{Token}", async (HttpRequest request) =>
        {
            using StreamReader body = new(request.Body);
            var notification = JsonNode.Parse(await body.ReadToEndAsync(request.HttpContext.RequestAborted))!.AsObject();
            Posted.Enqueue(notification);
            return await AnswerAsync(notification);
        });
    }

    public string Url => $"{_app.Urls.First()}/services/{Token}";

    /// <summary>What came, in order.</summary>
    public ConcurrentQueue<JsonObject> Posted { get; } = [];

    public IEnumerable<string> Ids => Posted.Select(notification => (string)notification["id"]!);

    /// <summary>Answers a notification: by default with 200.</summary>
    public Func<JsonObject, Task<IResult>> AnswerAsync { get; set; } = _ => Task.FromResult(Results.Ok());

    public static async Task<WebhookReceiver> StartAsync()
    {
        WebhookReceiver receiver = new();
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
