using EmbeddedHost.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Orchestrators;

namespace SpotifyEtl.Local.Hosting;

/// <summary>
/// The lake for verbs that look into it and run no function: the same settings and services as a host's, without the worker, its web server and the
/// task hub, which would take longer to put together than most queries to answer.
/// </summary>
internal sealed class LocalLake : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly Task _loading;

    private LocalLake(ServiceProvider services, Task loading) => (_services, _loading) = (services, loading);

    public IServiceProvider Services => _services;

    /// <summary>Where history, tokens and reports are kept.</summary>
    public string StateFolder => _services.GetRequiredService<Edition>().StateFolder;

    /// <summary>Has looked at the settings. Where it takes the demo's lake because there is no other, that is said.</summary>
    /// <param name="globals">What the verb was given.</param>
    /// <param name="asksTables">Whether its tables are going to be asked.</param>
    /// <exception cref="Errors.EtlConfigurationException">Settings are not allowed: all that are not.</exception>
    public static async Task<LocalLake> OpenAsync(GlobalArguments globals, bool asksTables)
    {
        LocalServices.ReadSettingsOnce();
        ConfigurationManager configuration = new();
        configuration.AddEnvironmentVariables("AZURE_FUNCTIONS_");
        HostApplicationBuilder builder = new(new HostApplicationBuilderSettings
        {
            ApplicationName = typeof(RunEtl).Assembly.GetName().Name,
            Args = [],
            Configuration = configuration,
            ContentRootPath = globals.Shell.Folder,
        });
        builder.Configuration.AddEnvironmentOf(globals.Shell);
        builder.Configuration.AddLocalSettings(globals.Shell.Folder);
        var edition = builder.AddEdition(globals, LakeUse.Look, isDemo: false);
        var loading = asksTables && !builder.Configuration.IsOnS3() ? DuckDbRehearsal.RunAsync() : Task.CompletedTask;
        LocalLake lake = new(builder.Services.BuildServiceProvider(), loading);
        try
        {
            lake.Services.GetRequiredService<IStartupValidator>().Validate();
            lake.Services.GetRequiredService<ILake>();
        }
        catch
        {
            await lake.DisposeAsync();
            throw;
        }

        edition.SayWhichLake(globals.Shell);
        return lake;
    }

    // The engine is not left half loaded when the process ends.
    public async ValueTask DisposeAsync()
    {
        await _loading;
        await _services.DisposeAsync();
    }
}
