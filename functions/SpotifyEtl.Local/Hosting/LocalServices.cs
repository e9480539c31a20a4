using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SpotifyEtl.Local.Authorization;
using SpotifyEtl.Local.Demo;
using SpotifyEtl.Local.Report;
using SpotifyEtl.Local.Runs;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.Hosting;

/// <summary>What the one-machine edition has whether its functions are hosted or not: settings, log, the app's services, a lake in a folder or on S3.</summary>
internal static class LocalServices
{
    /// <summary>Settings are read once. A watcher would walk through every folder below this one, and the builders take no argument to leave it.</summary>
    public static void ReadSettingsOnce() => Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");

    /// <param name="builder">Has the settings of the environment and of local.settings.json.</param>
    /// <param name="globals">What the verb was given.</param>
    /// <param name="use">What it is going to do with the lake.</param>
    /// <param name="isDemo">Whether runs are the demo's, where that is not plain.</param>
    public static Edition AddEdition(this IHostApplicationBuilder builder, GlobalArguments globals, LakeUse use, bool isDemo)
    {
        var edition = builder.Configuration.AddGlobals(globals, use, isDemo);
        builder.Logging.AddShell(globals.Verbose);
        builder.Services.AddSingleton(globals.Shell);
        builder.Services.AddSingleton(edition).AddSingleton(edition.Demo).AddSingleton<DemoLake>();
        builder.Services.AddSingleton<IRefreshTokens, LocalRefreshTokens>();
        _ = builder.Configuration.IsOnS3() ? builder.Services.AddLakeOnS3() : builder.Services.AddFolderLake();
        builder.Services.AddSpotifyEtl(builder.Configuration);
        builder.Services.AddReports();
        builder.Services.AddSingleton<ReprocessPreview>();
        if (edition.Demo.IsOn)
        {
            builder.Services.AddDemoSpotify();
        }
        else if (!edition.HasCredentials && use is not LakeUse.Serve)
        {
            builder.Services.AddNoSpotify();
        }

        return edition;
    }
}
