using System.Reflection;

namespace SpotifyEtl.Settings;

/// <summary>A section of the app settings, as its options class defines it.</summary>
public sealed class SettingsSection
{
    private SettingsSection(Type options)
    {
        Options = options;
        Name = (string)options.GetProperty(nameof(ISettings.SectionName), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        var defaults = Activator.CreateInstance(options)!;
        Settings =
        [
            .. options.GetProperties().Where(property => property.SetMethod is { IsPublic: true }).Select(property => new Setting(Name, property, defaults))
        ];
    }

    /// <summary>All sections, by name.</summary>
    public static IReadOnlyList<SettingsSection> All => field ??=
    [
        .. typeof(ISettings).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(ISettings)))
            .Select(type => new SettingsSection(type))
            .OrderBy(section => section.Name, StringComparer.Ordinal),
    ];

    public string Name { get; }

    /// <summary>In the order in which the options class has them.</summary>
    public IReadOnlyList<Setting> Settings { get; }

    internal Type Options { get; }

    internal static SettingsSection Of<T>()
        where T : ISettings => All.Single(section => section.Options == typeof(T));
}
