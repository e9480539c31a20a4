using System.Reflection;
using EmbeddedHost.Hosting;
using Microsoft.Extensions.Configuration;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Settings;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Settings that are set and that nothing reads: a misspelt name in a section of ours, or a section whose name is nearly one of ours.</summary>
/// <param name="Name">As it is set.</param>
/// <param name="Fix">What was meant, or what there is.</param>
internal sealed record UnreadSetting(string Name, string Fix)
{
    private const string Delimiter = "__";

    // By section, what is read in it.
    private static readonly Dictionary<string, IReadOnlyList<string>> s_read = SettingsSection.All
        .Select(section => KeyValuePair.Create<string, IReadOnlyList<string>>(section.Name, [.. section.Settings.Select(setting => setting.Name)]))
        .Append(KeyValuePair.Create<string, IReadOnlyList<string>>(
            EmbeddedHostOptions.SectionName, [.. NamesOf(typeof(EmbeddedHostOptions), EmbeddedHostOptions.SectionName + Delimiter)]))
        .ToDictionary(StringComparer.OrdinalIgnoreCase);

    public string Message => $"{Name} is set, and nothing reads it.";

    public static IEnumerable<UnreadSetting> Find(IConfiguration configuration)
    {
        foreach (var set in configuration.GetChildren())
        {
            if (s_read.TryGetValue(set.Key, out var read))
            {
                foreach (var unread in InSection(set, read))
                {
                    yield return unread;
                }
            }
            else if (set.GetChildren().Any() && Suggestion.Nearest(set.Key, s_read.Keys) is { } meant)
            {
                foreach (var rest in LeavesOf(set))
                {
                    yield return new UnreadSetting(set.Key + Delimiter + rest, $"Did you mean '{meant}{Delimiter}{rest}'?");
                }
            }
        }
    }

    private static IEnumerable<UnreadSetting> InSection(IConfigurationSection set, IReadOnlyList<string> read)
    {
        var section = set.Key + Delimiter;
        return
            from rest in LeavesOf(set)
            let name = section + rest
            where !read.Contains(name, StringComparer.OrdinalIgnoreCase)
            select new UnreadSetting(
                name,
                Suggestion.For(name, read).TrimStart() is { Length: > 0 } suggestion
                    ? suggestion
                    : $"Settings that begin with {section} are {string.Join(", ", read)}.");
    }

    // What is set in a section, without its name.
    private static IEnumerable<string> LeavesOf(IConfigurationSection set) => set
        .AsEnumerable(makePathsRelative: true)
        .Where(leaf => leaf.Key.Length > 0 && leaf.Value is not null)
        .Select(leaf => leaf.Key.Replace(ConfigurationPath.KeyDelimiter, Delimiter, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> NamesOf(Type options, string prefix) => options
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.SetMethod is { IsPublic: true } && !property.PropertyType.IsAssignableTo(typeof(Delegate)))
        .SelectMany(property => property.PropertyType.Assembly == options.Assembly
            ? NamesOf(property.PropertyType, prefix + property.Name + Delimiter)
            : [prefix + property.Name]);
}
