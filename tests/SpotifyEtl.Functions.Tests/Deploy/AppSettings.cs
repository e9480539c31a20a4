using SpotifyEtl.Settings;

namespace SpotifyEtl.Functions.Tests.Deploy;

/// <summary>The app settings that the app reads.</summary>
internal static class AppSettings
{
    /// <summary>Those of the app's own sections, and the schedule, which the host reads.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. SettingsSection.All.SelectMany(section => section.Settings).Select(setting => setting.Name).Append("Schedule").Order(StringComparer.Ordinal)];

    public static IReadOnlyList<string> Sections { get; } = [.. SettingsSection.All.Select(section => section.Name)];

    /// <summary>The value that a setting has when it is not set.</summary>
    public static string? DefaultOf(string setting) => SettingsSection.All.SelectMany(section => section.Settings).Single(one => one.Name == setting).Default;
}
