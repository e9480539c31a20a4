using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace SpotifyEtl.Settings;

/// <summary>Defaults of the settings that the host reads itself, which no options class can give.</summary>
public static class SettingDefaults
{
    private static readonly Dictionary<string, string?> s_defaults = new(StringComparer.Ordinal) { ["Schedule"] = "0 0 6 * * *" };

    /// <summary>
    /// Adds them beneath all other settings. On Azure the host reads its app settings before the worker starts, so that they must be set there.
    /// </summary>
    public static IConfigurationBuilder AddSettingDefaults(this IConfigurationBuilder configuration)
    {
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = s_defaults });
        return configuration;
    }
}
