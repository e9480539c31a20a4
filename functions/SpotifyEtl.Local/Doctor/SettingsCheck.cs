using Microsoft.Extensions.Configuration;
using SpotifyEtl.Local.Authorization;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Settings;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Tells where settings that are allowed come from, and of settings that nothing reads.</summary>
internal sealed class SettingsCheck(Shell shell, IConfiguration configuration) : IDoctorCheck
{
    public const string Name = "settings";

    public static Finding Refused(string fault) => Finding.Failed(Name, fault);

    public IAsyncEnumerable<Finding> RunAsync(CancellationToken cancellationToken) =>
        Unread().Prepend(Allowed(LocalSettingsFile.Of(shell).Path)).ToAsyncEnumerable();

    private static Finding Allowed(string file) => Finding.Ok(Name, File.Exists(file)
        ? $"The settings are allowed. They come from the environment and {file}."
        : "The settings are allowed. They come from the environment; there is no local.settings.json in this folder.");

    private IEnumerable<Finding> Unread() =>
        from section in SettingsSection.All
        let known = section.Settings.Select(setting => setting.Name).ToList()
        from set in configuration.GetSection(section.Name).GetChildren()
        let name = $"{section.Name}__{set.Key}"
        where !known.Contains(name, StringComparer.OrdinalIgnoreCase)
        select Finding.Warning(Name, $"{name} is set, and nothing reads it.", $"Settings that begin with {section.Name}__ are {string.Join(", ", known)}.");
}
