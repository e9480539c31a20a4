using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SpotifyEtl.Aws;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Health;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Authorization;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Notifications;
using SpotifyEtl.Runs;
using SpotifyEtl.Settings;
using SpotifyEtl.Spotify;
using SpotifyEtl.Transform;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Looks whether the settings are allowed, and for settings that nothing reads.</summary>
internal static class SettingsCheck
{
    public const string Name = "settings";

    /// <summary>The host that the settings make, null where they make none, and what was found about them.</summary>
    public static (IHost? Host, IReadOnlyList<Finding> Findings) Build(GlobalArguments globals)
    {
        IHost? host = null;
        try
        {
            host = Examination.BuildHost(globals);
            host.Services.GetService<IStartupValidator>()?.Validate();
            host.Services.GetRequiredService<ILake>();
            var configuration = host.Services.GetRequiredService<IConfiguration>();
            return (host, [Allowed(LocalSettingsFile.Of(globals.Shell).Path), .. Unread(configuration)]);
        }
        catch (Exception exception) when (Messages(exception) is { } messages)
        {
            host?.Dispose();
            return (null, [.. messages.Select(message => Finding.Failed(Name, message))]);
        }
    }

    private static Finding Allowed(string file) => Finding.Ok(Name, File.Exists(file)
        ? $"The settings are allowed. They come from the environment and {file}."
        : "The settings are allowed. They come from the environment; there is no local.settings.json in this folder.");

    private static IEnumerable<Finding> Unread(IConfiguration configuration) =>
        from section in SettingsSection.All
        let known = section.Settings.Select(setting => setting.Name).ToList()
        from set in configuration.GetSection(section.Name).GetChildren()
        let name = $"{section.Name}__{set.Key}"
        where !known.Contains(name, StringComparer.OrdinalIgnoreCase)
        select Finding.Warning(Name, $"{name} is set, and nothing reads it.", $"Settings that begin with {section.Name}__ are {string.Join(", ", known)}.");

    private static IEnumerable<string>? Messages(Exception exception) => exception switch
    {
        EtlConfigurationException settings => settings.Faults,
        UsageException or EmbeddedHost.HostConfigurationException or SpotifyEtl.Errors.EtlException => [exception.Message],
        _ => null,
    };
}
