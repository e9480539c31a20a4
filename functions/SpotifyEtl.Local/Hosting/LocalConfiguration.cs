using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using SpotifyEtl.Lake;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Settings;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.Hosting;

/// <summary>Where the settings of this edition come from beside the files.</summary>
internal static class LocalConfiguration
{
    // Less than what service managers and System.CommandLine wait before they kill: activities that still run are then handed back.
    private const string GracefulStopSeconds = "20";

    private static readonly string s_lakeSetting = $"{LakeOptions.SectionName}:{nameof(LakeOptions.Uri)}";

    /// <summary>Adds the environment of the shell.</summary>
    public static void AddEnvironmentOf(this IConfigurationManager configuration, Shell shell) =>
        configuration.Sources.Add(Memory([.. shell.Environment.Select(variable => (KeyOf(variable.Key), variable.Value))]));

    /// <summary>Adds what the command line says, and beneath all others what this edition takes where nothing is set.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="globals">What the verb was given.</param>
    /// <param name="use">What it is going to do with the lake.</param>
    /// <param name="isDemo">Whether runs are the demo's, where that is not plain.</param>
    public static Edition AddGlobals(this IConfigurationManager configuration, GlobalArguments globals, LakeUse use, bool isDemo)
    {
        var edition = Edition.Of(globals, use, globals.Lake ?? configuration[s_lakeSetting], !configuration.IsWithoutCredentials(), isDemo);
        configuration.Sources.Insert(0, Memory(("shutdownTimeoutSeconds", GracefulStopSeconds)));
        configuration.AddSettingDefaults();
        configuration.Sources.Add(Memory((s_lakeSetting, edition.LakeUri)));

        // In a folder it costs nothing; Athena takes money for it.
        if (!configuration.IsOnS3())
        {
            configuration.Sources.Insert(0, Memory(("Catalog:VerifyTables", "true")));
        }

        return edition;
    }

    /// <summary>Whether the lake is on S3, and not in a folder.</summary>
    public static bool IsOnS3(this IConfiguration configuration) => LakeUri.IsS3(configuration[s_lakeSetting]);

    /// <summary>Whether Spotify's credentials are not set. One of the two alone is a mistake, for the options' validation to tell.</summary>
    private static bool IsWithoutCredentials(this IConfigurationManager configuration)
    {
        var spotify = configuration.GetSection(SpotifyOptions.SectionName);
        return string.IsNullOrEmpty(spotify[nameof(SpotifyOptions.ClientId)]) && string.IsNullOrEmpty(spotify[nameof(SpotifyOptions.ClientSecret)]);
    }

    private static string KeyOf(string variable) => variable.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);

    private static MemoryConfigurationSource Memory(params ReadOnlySpan<(string Key, string Value)> values)
    {
        Dictionary<string, string?> data = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in values)
        {
            data[key] = value;
        }

        return new() { InitialData = data };
    }
}
