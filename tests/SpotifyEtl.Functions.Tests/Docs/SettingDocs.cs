using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SpotifyEtl.Settings;

namespace SpotifyEtl.Functions.Tests.Docs;

/// <summary>The app's settings as documents show them.</summary>
internal static partial class SettingDocs
{
    private const int LineLength = 150;

    // Where the sample is used the lake is a folder, which is checked for nothing.
    private static readonly Dictionary<string, string> s_ofTheLocalEdition = new(StringComparer.Ordinal)
    {
        ["Lake__Uri"] = "file:lake/spotify-etl-project-demo",
        ["Catalog__VerifyTables"] = "true",
    };

    private static readonly (string Name, string Value)[] s_ofTheHost =
    [
        ("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated"),
        ("AzureWebJobsStorage", "UseDevelopmentStorage=true"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", ""),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", ""),
        ("APPLICATIONINSIGHTS_CONNECTION_STRING", ""),
        ("Schedule", "0 0 6 * * *"),
    ];

    private static readonly JsonSerializerOptions s_readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static IEnumerable<Setting> All => SettingsSection.All.SelectMany(section => section.Settings);

    /// <summary>A row of a table for each.</summary>
    public static string Rows() => "| setting | type | default | meaning |\n|---|---|---|---|\n" + string.Join(
        '\n',
        All.Select(
            setting =>
                $"| `{setting.Name}` | {setting.About.Kind} | {setting.About.Default ?? (setting.Default is { } value ? $"`{value}`" : "")} | "
                    + $"{setting.About.Meaning} |"));

    /// <summary>A local.settings.json with every setting at its default.</summary>
    public static string Sample()
    {
        JsonObject values = [];
        var ofTheApp = All.Select(setting => (setting.Name, s_ofTheLocalEdition.GetValueOrDefault(setting.Name, setting.Default ?? "")));
        foreach (var (name, value) in s_ofTheHost.Concat(ofTheApp))
        {
            values[name] = value;
        }

        return new JsonObject { ["IsEncrypted"] = false, ["Values"] = values }.ToJsonString(s_readable);
    }

    /// <summary>The settings that azure.bicep leaves at their defaults.</summary>
    public static string NotInBicep()
    {
        var bicep = File.ReadAllText(Path.Combine(Repository.Root, "functions", "deploy", "azure.bicep"));
        var set = Set().Matches(bicep).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        var words = All.Where(setting => !set.Contains(setting.Name)).Select(
            setting => $"{setting.Name} ({setting.About.Default?.Replace("`", "", StringComparison.Ordinal) ?? setting.Default ?? "none"})");
        var line = "//";
        List<string> lines = [];
        foreach (var word in $"{string.Join(", ", words)}.".Split(' '))
        {
            if (line.Length + 1 + word.Length > LineLength)
            {
                lines.Add(line);
                line = "//";
            }

            line += " " + word;
        }

        return string.Join('\n', [.. lines, line]);
    }

    [GeneratedRegex(@"(?<name>[A-Za-z]+__[A-Za-z]+):", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Set();
}
