using EmbeddedHost.Hosting;
using EmbeddedHost.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Builds a host that runs the app's functions; here an embedded one.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder
{
    private readonly HostApplicationBuilder _builder;

    internal FunctionsApplicationBuilder(string[] args)
    {
        _builder = Host.CreateApplicationBuilder(args);
        // Beneath all others, so that the environment and the command line go before it.
        ((IConfigurationBuilder)Configuration).Sources.Insert(0, new LocalSettingsSource(Path.GetFullPath("local.settings.json")));
        Services.AddEmbeddedHost();
        Services.AddHttpServer();
        Services.AddOptions<EmbeddedHostOptions>().BindConfiguration("EmbeddedHost");
    }

    /// <inheritdoc />
    public IServiceCollection Services => _builder.Services;

    /// <inheritdoc cref="IHostApplicationBuilder.Configuration" />
    public ConfigurationManager Configuration => _builder.Configuration;

    IConfigurationManager IHostApplicationBuilder.Configuration => _builder.Configuration;

    /// <inheritdoc />
    public IHostEnvironment Environment => _builder.Environment;

    /// <inheritdoc />
    public ILoggingBuilder Logging => _builder.Logging;

    /// <inheritdoc />
    public IMetricsBuilder Metrics => _builder.Metrics;

    /// <inheritdoc />
    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_builder).Properties;

    /// <summary>The host, ready to run.</summary>
    public IHost Build() => _builder.Build();

    /// <inheritdoc />
    public void ConfigureContainer<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull => _builder.ConfigureContainer(factory, configure);
}
