using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SpotifyEtl.Aws;
using SpotifyEtl.Catalog;
using SpotifyEtl.Health;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Authorization;
using SpotifyEtl.Local.CommandLine;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Notifications;
using SpotifyEtl.Runs;
using SpotifyEtl.Spotify;
using SpotifyEtl.Transform;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Looks whether the settings are allowed, and for settings that nothing reads.</summary>
internal static class SettingsCheck
{
    public const string Name = "settings";

    private static readonly Dictionary<string, Type> s_sections = new(StringComparer.Ordinal)
    {
        [SpotifyOptions.SectionName] = typeof(SpotifyOptions),
        [LakeOptions.SectionName] = typeof(LakeOptions),
        [CatalogOptions.SectionName] = typeof(CatalogOptions),
        [AthenaOptions.SectionName] = typeof(AthenaOptions),
        [AwsOptions.SectionName] = typeof(AwsOptions),
        [RunOptions.SectionName] = typeof(RunOptions),
        [QualityOptions.SectionName] = typeof(QualityOptions),
        [HealthOptions.SectionName] = typeof(HealthOptions),
        [NotifyOptions.SectionName] = typeof(NotifyOptions),
    };

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
        from section in s_sections
        let known = section.Value.GetProperties().Where(property => property.CanWrite).Select(property => property.Name).ToList()
        from setting in configuration.GetSection(section.Key).GetChildren()
        where !known.Contains(setting.Key, StringComparer.OrdinalIgnoreCase)
        select Finding.Warning(
            Name,
            $"{section.Key}__{setting.Key} is set, and nothing reads it.",
            $"Settings that begin with {section.Key}__ are {string.Join(", ", known.Select(name => $"{section.Key}__{name}"))}.");

    private static IEnumerable<string>? Messages(Exception exception) => exception switch
    {
        OptionsValidationException options => options.Failures,
        AggregateException several when several.InnerExceptions.All(one => one is OptionsValidationException) =>
            several.InnerExceptions.SelectMany(one => ((OptionsValidationException)one).Failures),
        UsageException or EmbeddedHost.HostConfigurationException or SpotifyEtl.Errors.EtlException => [exception.Message],
        _ => null,
    };
}
