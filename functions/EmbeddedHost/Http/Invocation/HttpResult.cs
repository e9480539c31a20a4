using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EmbeddedHost.Http.Invocation;

/// <summary>Answers a request with what a function returned.</summary>
internal static class HttpResult
{
    public static Task WriteAsync(HttpContext context, object? result) => result switch
    {
        // The function has written to the response itself, or has nothing to say.
        null => Task.CompletedTask,
        IResult answer => answer.ExecuteAsync(context),
        IActionResult answer => answer.ExecuteResultAsync(new ActionContext(context, context.GetRouteData(), new ActionDescriptor())),
        EmbeddedHttpResponseData answer => answer.SendAsync(context.Response),
        string text => WriteTextAsync(context, text),
        var value when context.RequestServices.GetService<IActionResultExecutor<ObjectResult>>() is null => context.Response.WriteAsJsonAsync(
            value, value.GetType(), context.RequestServices.GetRequiredService<IOptions<JsonSerializerOptions>>().Value, context.RequestAborted),
        var value => WriteAsync(context, new ObjectResult(value)),
    };

    private static Task WriteTextAsync(HttpContext context, string text)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
