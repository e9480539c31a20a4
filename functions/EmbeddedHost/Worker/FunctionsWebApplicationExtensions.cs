using EmbeddedHost.Http;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>ASP.NET Core's types in HTTP functions.</summary>
public static class FunctionsWebApplicationExtensions
{
    /// <summary>Lets HTTP functions take an HttpRequest and return an IActionResult, an IResult or a value to be written as JSON.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddAspNetCoreResults();
        return builder;
    }
}
