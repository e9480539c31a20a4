using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using SampleApp.Durable;
using SampleApp.Web;

namespace SampleApp;

/// <summary>An ordinary isolated function app, for hosts to run.</summary>
public static class Sample
{
    /// <summary>The setting that says how HTTP functions are reached: <see cref="OverTheProtocol"/>, or by a server of the worker's own.</summary>
    public const string HttpSetting = "Sample:Http";

    public const string OverTheProtocol = "protocol";

    public static void AddSample(this FunctionsApplicationBuilder builder)
    {
        if (builder.Configuration[HttpSetting] != OverTheProtocol)
        {
            builder.ConfigureFunctionsWebApplication();
        }

        builder.Services.AddSingleton(new Salutation("Hello"));
        builder.Services.AddSingleton<Attempts>();

#pragma warning disable CS0618 // Without it a failed activity loses its exception's type.
        builder.Services.Configure<WorkerOptions>(options => options.EnableUserCodeException = false);
#pragma warning restore CS0618
    }
}
