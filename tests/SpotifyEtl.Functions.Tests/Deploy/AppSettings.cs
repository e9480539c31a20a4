using System.Reflection;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Functions.Tests.Deploy;

/// <summary>The app settings that the app reads, found in its options: <c>Section__Property</c>.</summary>
internal static class AppSettings
{
    /// <summary>Those of the app's own sections, and the schedule, which the host reads.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Options().SelectMany(Names).Append("Schedule").Order(StringComparer.Ordinal)];

    public static IReadOnlyList<string> Sections { get; } = [.. Options().Select(SectionOf)];

    /// <summary>The value that a setting has when it is not set.</summary>
    public static object? DefaultOf(string setting)
    {
        var type = Options().Single(options => setting.StartsWith(SectionOf(options) + "__", StringComparison.Ordinal));
        return type.GetProperty(setting[(SectionOf(type).Length + 2)..])!.GetValue(Activator.CreateInstance(type));
    }

    private static IEnumerable<Type> Options() => typeof(RunOptions).Assembly.GetTypes().Where(type => type.GetField("SectionName", BindingFlags.Public | BindingFlags.Static) is not null);

    private static string SectionOf(Type options) => (string)options.GetField("SectionName")!.GetRawConstantValue()!;

    private static IEnumerable<string> Names(Type options) =>
        options.GetProperties().Where(property => property.SetMethod is { IsPublic: true }).Select(property => $"{SectionOf(options)}__{property.Name}");
}
