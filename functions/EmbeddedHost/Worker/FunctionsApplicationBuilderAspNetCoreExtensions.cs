using EmbeddedHost.Hosting;
using EmbeddedHost.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>ASP.NET Core's types in HTTP functions.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>
    /// Lets HTTP functions take an HttpRequest and return an IActionResult, an IResult or a value to be written as JSON, and the host listen
    /// where <see cref="HttpListenOptions"/> says, unless the program decides otherwise.
    /// </summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddAspNetCoreResults();
        builder.Services.Configure<EmbeddedHostOptions>(options => options.Http ??= new HttpListenOptions());
        return builder;
    }
}
