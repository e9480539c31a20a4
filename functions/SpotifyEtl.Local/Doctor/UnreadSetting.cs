using Microsoft.Extensions.Configuration;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Settings;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Settings that are set and that nothing reads: a misspelt name in a section of ours, or a section whose name is nearly one of ours.</summary>
/// <param name="Name">As it is set.</param>
/// <param name="Fix">What was meant, or what there is.</param>
internal sealed record UnreadSetting(string Name, string Fix)
{
    public string Message => $"{Name} is set, and nothing reads it.";

    public static IEnumerable<UnreadSetting> Find(IConfiguration configuration)
    {
        var sections = SettingsSection.All;
        foreach (var set in configuration.GetChildren())
        {
            if (sections.FirstOrDefault(section => section.Name.Equals(set.Key, StringComparison.OrdinalIgnoreCase)) is { } known)
            {
                foreach (var unread in InSection(known, set))
                {
                    yield return unread;
                }
            }
            else if (Suggestion.Nearest(set.Key, sections.Select(section => section.Name)) is { } meant)
            {
                foreach (var child in set.GetChildren())
                {
                    yield return new UnreadSetting($"{set.Key}__{child.Key}", $"Did you mean '{meant}__{child.Key}'?");
                }
            }
        }
    }

    private static IEnumerable<UnreadSetting> InSection(SettingsSection section, IConfigurationSection set)
    {
        var known = section.Settings.Select(setting => setting.Name).ToList();
        return
            from child in set.GetChildren()
            let name = $"{section.Name}__{child.Key}"
            where !known.Contains(name, StringComparer.OrdinalIgnoreCase)
            select new UnreadSetting(
                name,
                Suggestion.For(name, known).TrimStart() is { Length: > 0 } suggestion
                    ? suggestion
                    : $"Settings that begin with {section.Name}__ are {string.Join(", ", known)}.");
    }
}
