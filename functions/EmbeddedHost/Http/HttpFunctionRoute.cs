using EmbeddedHost.Worker;
using Microsoft.AspNetCore.Routing.Patterns;

namespace EmbeddedHost.Http;

/// <summary>An HTTP function and what it answers to.</summary>
internal sealed record HttpFunctionRoute(AppFunction Function, RoutePattern Pattern, IReadOnlyList<string> Methods, AuthLevel Level)
{
    /// <summary>The routes of an app's functions.</summary>
    /// <exception cref="HostConfigurationException">A route cannot be read, or two functions answer the same requests.</exception>
    public static IReadOnlyList<HttpFunctionRoute> Of(FunctionApp app, string prefix)
    {
        List<HttpFunctionRoute> routes = [];
        foreach (var function in app.HttpFunctions)
        {
            var route = Of(function, prefix);
            if (routes.Find(other => other.AnswersSameAs(route)) is { } twin)
            {
                throw new HostConfigurationException(
                    $"The functions '{twin.Function.Name}' and '{function.Name}' answer the same requests: route '{route.Pattern.RawText}'. "
                    + "Give one of them another route or method.");
            }

            routes.Add(route);
        }

        return routes;
    }

    private static HttpFunctionRoute Of(AppFunction function, string prefix)
    {
        var given = function.Trigger.Text("route");
        var route = string.IsNullOrEmpty(given) ? function.Name : given.TrimStart('/');
        var level = Enum.TryParse<AuthLevel>(function.Trigger.Text("authLevel"), ignoreCase: true, out var parsed) ? parsed : AuthLevel.Function;
        try
        {
            var pattern = RoutePatternFactory.Parse(prefix.Length == 0 ? $"/{route}" : $"/{prefix}/{route}");
            return new HttpFunctionRoute(function, pattern, function.Trigger.Texts("methods"), level);
        }
        catch (RoutePatternException exception)
        {
            throw new HostConfigurationException(
                $"The HTTP function '{function.Name}' has a route that cannot be read, '{given}': {exception.Message}", exception);
        }
    }

    private bool AnswersSameAs(HttpFunctionRoute other) =>
        string.Equals(Pattern.RawText, other.Pattern.RawText, StringComparison.OrdinalIgnoreCase)
        && (Methods.Count == 0 || other.Methods.Count == 0 || Methods.Intersect(other.Methods, StringComparer.OrdinalIgnoreCase).Any());
}
