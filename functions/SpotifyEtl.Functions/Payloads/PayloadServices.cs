using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace SpotifyEtl.Payloads;

internal static class PayloadServices
{
    /// <summary>Sets the worker's serializers to one style: payloads go through its own, HTTP results through MVC's.</summary>
    public static IServiceCollection AddPayloads(this IServiceCollection services)
    {
        services.Configure<JsonSerializerOptions>(options => PayloadJson.Configure(options));
        services.Configure<Microsoft.AspNetCore.Mvc.JsonOptions>(options => PayloadJson.Configure(options.JsonSerializerOptions));
#pragma warning disable CS0618 // Obsolete, as true is the default; false is what keeps the type name of an activity's exception.
        services.Configure<WorkerOptions>(options => options.EnableUserCodeException = false);
#pragma warning restore CS0618
        return services;
    }
}
