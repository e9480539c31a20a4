using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using SpotifyEtl.Health;
using SpotifyEtl.Telemetry;

namespace SpotifyEtl.Functions.Tests.Docs;

public sealed partial class MetricDocsTests
{
    private const string Page = "functions/SpotifyEtl.Functions/Telemetry/README.md";

    [Fact]
    public void The_page_names_every_metric_with_its_unit_and_no_other()
    {
        var instruments = typeof(EtlTelemetry).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null)).OfType<Instrument>()
            .Select(instrument => $"{instrument.Name} {instrument.Unit}")
            .Append($"{FreshnessGauge.Name} {FreshnessGauge.Unit}");

        Assert.Equal(instruments.Order(StringComparer.Ordinal), Documented().Order(StringComparer.Ordinal));
    }

    // A row may name several metrics, and has a unit for each, or one for all.
    private static IEnumerable<string> Documented()
    {
        foreach (var row in File.ReadLines(Path.Combine(Repository.Root, Page)).Select(line => Row().Match(line)).Where(row => row.Success))
        {
            var names = row.Groups["names"].Value.Split(',', StringSplitOptions.TrimEntries).Select(name => name.Trim('`')).ToList();
            var units = row.Groups["units"].Value.Split(',', StringSplitOptions.TrimEntries);
            foreach (var (index, name) in names.Index())
            {
                yield return $"{name} {units[Math.Min(index, units.Length - 1)]}";
            }
        }
    }

    [GeneratedRegex(@"^\s*\| (?<names>`spotify_etl\.[^|]*) \| (?<units>[^|]*) \|", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();
}
