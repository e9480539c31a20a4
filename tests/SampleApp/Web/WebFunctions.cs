using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using FromBodyAttribute = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace SampleApp.Web;

/// <summary>What requests are greeted with.</summary>
public sealed record Salutation(string Text);

/// <summary>HTTP functions of ASP.NET Core's types.</summary>
public sealed class WebFunctions(Salutation salutation)
{
    public enum Color
    {
        Red,
        Green,
    }

    public sealed record Order(string Name, int Count, Color Color, DateTimeOffset? At);

    [Function("Plain")]
    public IActionResult Plain([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Text($"{salutation.Text} {request.Method}");

    [Function("GetItem")]
    public static IActionResult GetItem(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items/{id:guid}/{part:int?}")] HttpRequest request, Guid id, int? part) =>
        new OkObjectResult(new { Id = id, Part = part, request.Query.Count });

    [Function("PutItem")]
    public static IActionResult PutItem(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", "patch", Route = "items/{id:guid}/{part:int?}")] HttpRequest request, Guid id) =>
        new AcceptedResult("/elsewhere", new { Id = id, request.Method });

    [Function("Named")]
    public static IActionResult Named(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "named/{name}/{color?}")] HttpRequest request, string name, string? color) =>
        Text($"{name} {color} {request.Path}");

    [Function("Body")]
    public static IActionResult Body([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, [FromBody] Order order) =>
        request.HasJsonContentType() ? new OkObjectResult(order) : new BadRequestResult();

    [Function("Result")]
    public static async Task<IResult> Result([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        await Task.Yield();
        return Results.Json(new { Path = request.Path.Value }, statusCode: 418);
    }

    [Function("Problem")]
    public static IActionResult Problem([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        new BadRequestObjectResult(new ProblemDetails { Title = "T", Status = 400, Detail = request.Method });

    [Function("Throws")]
    public static Task<IActionResult> Throws([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        throw new InvalidOperationException("secret reason " + request.Method);

    [Function("Echo")]
    public static async Task<IActionResult> Echo([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, CancellationToken cancellationToken)
    {
        using StreamReader reader = new(request.Body);
        return new ContentResult { Content = (await reader.ReadToEndAsync(cancellationToken)).Length.ToString(), StatusCode = 201 };
    }

    /// <summary>Shows what it was sent.</summary>
    [Function("Sent")]
    public static IActionResult Sent([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        request.HttpContext.Response.Headers["X-Answer"] = new[] { "one", "two" };
        request.HttpContext.Response.Cookies.Append("crumb", "new");
        return new OkObjectResult(new
        {
            Query = request.QueryString.Value,
            Header = request.Headers["X-Sent"].ToString(),
            Cookie = request.Cookies["crumb"],
            Host = request.Host.Value,
            request.Scheme,
        });
    }

    /// <summary>Answers with a status and nothing else.</summary>
    [Function("Bare")]
    public static IActionResult Bare([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "bare/{status:int}")] HttpRequest request, int status)
    {
        request.HttpContext.Response.Headers.ETag = "\"e\"";
        return new StatusCodeResult(status);
    }

    /// <summary>Answers with as many letters as it is asked for.</summary>
    [Function("Letters")]
    public static IActionResult Letters(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "letters/{count:int}")] HttpRequest request, int count) =>
        Text(new string('x', count));

    /// <summary>Sends a word, and another once it may go on.</summary>
    [Function("Streams")]
    public static async Task Streams([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, CancellationToken cancellationToken)
    {
        var response = request.HttpContext.Response;
        await response.WriteAsync("first", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
        await ErrandOf(request).UntilLetGoAsync(cancellationToken);
        await response.WriteAsync(" second", cancellationToken);
    }

    /// <summary>Sends a word and then fails.</summary>
    [Function("BreaksOff")]
    public static async Task BreaksOff([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, CancellationToken cancellationToken)
    {
        await request.HttpContext.Response.WriteAsync("first", cancellationToken);
        await request.HttpContext.Response.Body.FlushAsync(cancellationToken);
        throw new InvalidOperationException("broke off");
    }

    /// <summary>Answers once it may, or says that it was told to stop.</summary>
    [Function("Waits")]
    public static async Task<IActionResult> Waits([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, CancellationToken cancellationToken)
    {
        var errand = ErrandOf(request);
        errand.Begin();
        await errand.UntilLetGoAsync(cancellationToken);
        return Text("passed");
    }

    /// <summary>Keeps its thread until it may go on.</summary>
    [Function("Blocks")]
    public static IActionResult Blocks([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        var errand = ErrandOf(request);
        errand.Begin();
        errand.Block();
        return Text("unblocked");
    }

    /// <summary>The trace that it runs in.</summary>
    [Function("Trace")]
    public static IActionResult Trace([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, FunctionContext context) =>
        new OkObjectResult(new { request.Method, context.TraceContext.TraceParent, Current = System.Diagnostics.Activity.Current?.Id });

    [Function("Administer")]
    public static IActionResult Administer([HttpTrigger(AuthorizationLevel.Admin, "get")] HttpRequest request) => Text(request.Method);

    [Function("Guarded")]
    public static IActionResult Guarded([HttpTrigger("get")] HttpRequest request) => Text(request.Method);

    private static ContentResult Text(string text) => new() { Content = text, ContentType = "text/plain; charset=utf-8" };

    private static Errand ErrandOf(HttpRequest request) => new(request.Query["folder"].ToString(), request.Query["name"].ToString());
}
