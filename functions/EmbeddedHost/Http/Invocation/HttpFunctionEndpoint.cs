using EmbeddedHost.Functions;
using EmbeddedHost.Tracing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Http.Invocation;

/// <summary>An HTTP function at its route.</summary>
internal sealed class HttpFunctionEndpoint
{
    private readonly HttpFunction _function;
    private readonly RoutePattern _route;
    private readonly HttpArguments _arguments;
    private readonly Func<object?, object?[], Task<object?>> _invoke;
    private readonly ObjectFactory? _create;
    private readonly ILogger _logger;

    private HttpFunctionEndpoint(HttpFunction function, RoutePattern route, IServiceProvider services, ILogger logger)
    {
        _function = function;
        _route = route;
        _arguments = new HttpArguments(function, route, services);
        _invoke = MethodCall.Create(function.Method);
        _create = function.Method.IsStatic ? null : ActivatorUtilities.CreateFactory(function.Method.DeclaringType!, []);
        _logger = logger;
    }

    /// <summary>The endpoints of an app's functions.</summary>
    /// <exception cref="EmbeddedHostException">A function cannot be bound, or two answer the same requests.</exception>
    public static IReadOnlyList<HttpFunctionEndpoint> CreateAll(IEnumerable<HttpFunction> functions, string prefix, IServiceProvider services, ILogger logger)
    {
        List<HttpFunctionEndpoint> endpoints = [];
        foreach (var function in functions)
        {
            HttpFunctionEndpoint endpoint = new(function, RouteOf(function, prefix), services, logger);
            if (endpoints.Find(other => other.AnswersSameAs(endpoint)) is { } twin)
            {
                throw new EmbeddedHostException(
                    $"The functions '{twin._function.Name}' and '{function.Name}' answer the same requests: route '{endpoint._route.RawText}'. Give one of them another route or method.");
            }

            endpoints.Add(endpoint);
        }

        return endpoints;
    }

    /// <summary>Adds the endpoint to the routes, with the level of key that its trigger asks for.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map(_route, TraceAsync)
            .WithMetadata(_function.Trigger, new HttpMethodMetadata(_function.Trigger.Methods ?? []))
            .WithDisplayName(_function.Name);
    }

    private static RoutePattern RouteOf(HttpFunction function, string prefix)
    {
        var route = string.IsNullOrEmpty(function.Trigger.Route) ? function.Name : function.Trigger.Route.TrimStart('/');
        try
        {
            return RoutePatternFactory.Parse(prefix.Length == 0 ? route : $"{prefix}/{route}");
        }
        catch (RoutePatternException exception)
        {
            throw new EmbeddedHostException($"The HTTP function '{function.Name}' has a route that cannot be read, '{function.Trigger.Route}': {exception.Message}", exception);
        }
    }

    private bool AnswersSameAs(HttpFunctionEndpoint other) =>
        string.Equals(_route.RawText, other._route.RawText, StringComparison.OrdinalIgnoreCase)
        && (_function.Trigger.Methods is not { Length: > 0 } mine
            || other._function.Trigger.Methods is not { Length: > 0 } theirs
            || mine.Intersect(theirs, StringComparer.OrdinalIgnoreCase).Any());

    private async Task TraceAsync(HttpContext context)
    {
        using var span = HttpTracing.Start(context.Request, _function.Name, _route.RawText);
        await InvokeAsync(context);
        span?.Answered(context.Response.StatusCode);
    }

    private async Task InvokeAsync(HttpContext context)
    {
        EmbeddedFunctionContext call = new(context, _function);
        object?[] arguments;
        try
        {
            arguments = await _arguments.BindAsync(context, call);
        }
        catch (HttpBindingException exception)
        {
            await HostAnswer.WriteErrorAsync(context, exception.Status, exception.Message);
            return;
        }

        object? result;
        try
        {
            result = await _invoke(_create?.Invoke(context.RequestServices, null), arguments);
        }
#pragma warning disable CA1031 // Whatever a function throws, its caller gets a bare 500 and the log the rest.
        catch (Exception exception) when (exception is not (BadHttpRequestException or OperationCanceledException) && !context.Response.HasStarted)
#pragma warning restore CA1031
        {
            HttpLog.FunctionFailed(_logger, _function.Name, exception);
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        await HttpResult.WriteAsync(context, result);
    }
}
