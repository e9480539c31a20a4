using System.ComponentModel;
using System.Reflection;
using EmbeddedHost.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Http.Invocation;

/// <summary>Makes a function's arguments from a request.</summary>
internal sealed class HttpArguments
{
    private readonly HttpFunction _function;
    private readonly List<Func<HttpContext, FunctionContext, ValueTask<object?>>> _binders = [];

    /// <exception cref="EmbeddedHostException">A parameter cannot be bound.</exception>
    public HttpArguments(HttpFunction function, RoutePattern route, IServiceProvider services)
    {
        _function = function;
        foreach (var parameter in function.Method.GetParameters())
        {
            _binders.Add(BinderOf(parameter, route, services));
        }
    }

    /// <exception cref="HttpBindingException">The request does not fit.</exception>
    public async ValueTask<object?[]> BindAsync(HttpContext context, FunctionContext call)
    {
        var arguments = new object?[_binders.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = await _binders[i](context, call);
        }

        return arguments;
    }

    private Func<HttpContext, FunctionContext, ValueTask<object?>> BinderOf(ParameterInfo parameter, RoutePattern route, IServiceProvider services)
    {
        var type = parameter.ParameterType;
        if (DurableClientBinding.Takes(parameter))
        {
            return (context, _) => new(DurableClientBinding.Resolve(context.RequestServices));
        }

        if (Attribute.IsDefined(parameter, typeof(Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute)))
        {
            return async (context, _) => await RequestBody.ReadAsync(context, type);
        }

        if (type == typeof(HttpRequest))
        {
            return services.GetService<IActionResultExecutor<ObjectResult>>() is not null
                ? (context, _) => new(context.Request)
                : throw CannotBind(parameter, "Call ConfigureFunctionsWebApplication() on the application's builder to use ASP.NET Core's types.");
        }

        if (type == typeof(HttpRequestData))
        {
            return (context, call) => new(new EmbeddedHttpRequestData(context.Request, call));
        }

        if (type == typeof(FunctionContext))
        {
            return (_, call) => new(call);
        }

        if (type == typeof(CancellationToken))
        {
            return (context, _) => new(context.RequestAborted);
        }

        return route.GetParameter(parameter.Name!) is not null
            ? FromRoute(parameter)
            : throw CannotBind(
                parameter,
                "An HTTP function takes its request, values of its route, a [FromBody] value, a [DurableClient], a FunctionContext and a CancellationToken; "
                + "what else it needs goes into its class's constructor.");
    }

    private static Func<HttpContext, FunctionContext, ValueTask<object?>> FromRoute(ParameterInfo parameter)
    {
        var name = parameter.Name!;
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var absent = parameter.HasDefaultValue ? parameter.DefaultValue : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null;
        var converter = TypeDescriptor.GetConverter(type);
        return (context, _) =>
        {
            if (context.Request.RouteValues[name]?.ToString() is not { } value)
            {
                return new(absent);
            }

            try
            {
                return new(type == typeof(string) ? value : converter.ConvertFromInvariantString(value));
            }
#pragma warning disable CA1031 // Converters throw what they like, bare Exception among it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                throw new HttpBindingException(StatusCodes.Status400BadRequest, $"The route value '{name}' is '{value}'; it must be of type {type.Name}.", exception);
            }
        };
    }

    private EmbeddedHostException CannotBind(ParameterInfo parameter, string rule) =>
        new($"The HTTP function '{_function.Name}': its parameter '{parameter.Name}' of type {parameter.ParameterType.Name} cannot be bound. {rule}");
}
