using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Hosting;

/// <summary>Adds local.settings.json to the settings of a program.</summary>
public static class LocalSettings
{
    /// <summary>
    /// Adds the Values of a folder's local.settings.json, <c>__</c> nesting, beneath all settings that there are: as
    /// <see cref="Startup.EmbeddedHostServices.AddEmbeddedHost"/> does, for a program that starts no host. A file that is not there is no settings.
    /// </summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="folder">The folder.</param>
    /// <exception cref="HostConfigurationException">The file is not JSON, or cannot be read.</exception>
    public static void AddLocalSettings(this IConfigurationBuilder configuration, string folder)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        configuration.Sources.Insert(0, new LocalSettingsSource(Path.Combine(folder, "local.settings.json")));
    }
}
