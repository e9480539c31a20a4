using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using FromBodyAttribute = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace EmbeddedHost.Tests.Http;

/// <summary>HTTP functions for these tests to call.</summary>
public sealed class WebFunctions(Hosting.Greetings.Salutation salutation)
{
    public enum Color
    {
        Red,
        Green,
    }

    public sealed record Order(string Name, int Count, Color Color, DateTimeOffset? At);

    [Function("Plain")]
    public string Plain([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => $"{salutation.Text} {request.Method}";

    [Function("GetItem")]
    public static IActionResult GetItem([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items/{id:guid}/{part:int?}")] HttpRequest request, Guid id, int? part) =>
        new OkObjectResult(new { Id = id, Part = part, request.Query.Count });

    [Function("PutItem")]
    public static IActionResult PutItem([HttpTrigger(AuthorizationLevel.Anonymous, "put", "patch", Route = "items/{id:guid}/{part:int?}")] HttpRequest request, Guid id) =>
        new AcceptedResult("/elsewhere", new { Id = id, request.Method });

    [Function("Named")]
    public static string Named([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "named/{name}/{color?}")] HttpRequest request, string name, Color color = Color.Green) =>
        $"{name} {color} {request.Path}";

    [Function("Body")]
    public static IActionResult Body([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, [FromBody] Order order) =>
        request.HasJsonContentType() ? new OkObjectResult(order) : new BadRequestResult();

    [Function("Result")]
    public static async Task<IResult> Result([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        await Task.Yield();
        return Results.Json(new { Path = request.Path.Value }, statusCode: 418);
    }

    [Function("Record")]
    public static Task<Order> Record([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        Task.FromResult(new Order(request.Method, 1, Color.Green, null));

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

    [Function("Hang")]
    public static async Task<IActionResult> Hang([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return new OkObjectResult(request.Method);
    }

    [Function("Worker")]
    public static async Task<HttpResponseData> Worker(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "worker/{name}")] HttpRequestData request, string name, FunctionContext context)
    {
        var order = await request.ReadFromJsonAsync<Order>();
        var response = request.CreateResponse(HttpStatusCode.Created);
        response.Headers.Add("X-Name", $"{name} {request.Query["q"]} {context.FunctionDefinition.Name} {context.BindingContext.BindingData["name"]}");
        response.Cookies.Append(new HttpCookie("crumb", request.Cookies.Single().Value) { HttpOnly = true, SameSite = SameSite.Strict });
        await response.WriteAsJsonAsync(order! with { Count = order.Count + 1 });
        return response;
    }

    [Function("Start")]
    public static async Task<IActionResult> Start([HttpTrigger(AuthorizationLevel.Function, "post")] HttpRequest request, [DurableClient] DurableTaskClient client)
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(Answer), request.Query["input"].ToString(), new StartOrchestrationOptions("started"), CancellationToken.None);
        return new OkObjectResult(client.CreateHttpManagementPayload(id));
    }

    [Function("CheckStatus")]
    public static Task<HttpResponseData> CheckStatus(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequestData request, [DurableClient] DurableTaskClient client) =>
        client.CreateCheckStatusResponseAsync(request, "full1");

    [Function("CheckStatusAtOnce")]
    public static HttpResponseData CheckStatusAtOnce(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequestData request, [DurableClient] DurableTaskClient client) =>
        client.CreateCheckStatusResponse(request, "full1", HttpStatusCode.OK);

    [Function("Administer")]
    public static string Administer([HttpTrigger(AuthorizationLevel.Admin, "get")] HttpRequest request) => request.Method;

    [Function("Guarded")]
    public static string Guarded([HttpTrigger("get")] HttpRequest request) => request.Method;

    [Function(nameof(Answer))]
    public static Task<string> Answer([OrchestrationTrigger] TaskOrchestrationContext context) => Task.FromResult("answer to " + context.GetInput<string>());
}

/// <summary>A function that a test holds and lets go.</summary>
public sealed class GatedFunction(Gate gate)
{
    [Function("Pass")]
    public async Task<string> Pass([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
    {
        gate.Entered.SetResult();
        await gate.Opened.Task.WaitAsync(request.HttpContext.RequestAborted);
        return "passed";
    }
}

/// <summary>Says that the function has been entered, and lets it go on.</summary>
public sealed class Gate
{
    public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
