using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EmbeddedHost.Tracing;

/// <summary>The spans of calls of HTTP functions, in the trace of the caller if it names one. A query, which may carry a key, is not in them.</summary>
internal static class HttpTracing
{
    /// <summary>The name that a listener asks for: the worker's, whose calls of functions these are.</summary>
    public const string SourceName = "Microsoft.Azure.Functions.Worker";

    private static readonly ActivitySource s_source = new(SourceName);

    /// <summary>Begins the span of a call, or gives null when nobody listens.</summary>
    public static Activity? Start(HttpRequest request, string function, string? route)
    {
        if (!s_source.HasListeners())
        {
            return null;
        }

        var caller = ActivityContext.TryParse(request.Headers[HeaderNames.TraceParent], request.Headers[HeaderNames.TraceState], isRemote: true, out var named) ? named : default;
        return s_source.StartActivity($"{request.Method} /{route}", ActivityKind.Server, caller)
            ?.SetTag("http.request.method", request.Method)
            .SetTag("http.route", $"/{route}")
            .SetTag("url.path", request.Path.Value)
            .SetTag("url.scheme", request.Scheme)
            .SetTag("faas.trigger", "http")
            .SetTag("faas.name", function);
    }

    /// <summary>Says what was answered.</summary>
    public static void Answered(this Activity span, int status)
    {
        span.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetTag("error.type", $"{status}").SetStatus(ActivityStatusCode.Error);
        }
    }
}
