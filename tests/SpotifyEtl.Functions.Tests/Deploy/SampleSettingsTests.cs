using System.Globalization;
using System.Text.Json.Nodes;

namespace SpotifyEtl.Functions.Tests.Deploy;

public sealed class SampleSettingsTests
{
    // What the host reads itself; where the sample is used, a folder is checked for nothing.
    private static readonly string[] s_ofTheHost = ["FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsStorage"];

    // What OpenTelemetry and Application Insights read under the same names everywhere.
    private static readonly string[] s_ofTelemetry = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL", "APPLICATIONINSIGHTS_CONNECTION_STRING"];
    private static readonly string[] s_ofTheLocalEdition = ["Lake__Uri", "Catalog__VerifyTables"];

    private static readonly JsonObject s_values = JsonNode.Parse(File.ReadAllText(Path.Combine(DeployFolder.Root, "local.settings.sample.json")))!["Values"]!.AsObject();

    [Fact]
    public void The_sample_has_every_setting_that_the_app_reads_and_no_other() =>
        Assert.Equal(AppSettings.All, s_values.Select(value => value.Key).Except(s_ofTheHost).Except(s_ofTelemetry).Order(StringComparer.Ordinal));

    [Fact]
    public void A_value_in_the_sample_is_the_settings_default_or_empty() => Assert.All(
        s_values.Where(value => !s_ofTheHost.Contains(value.Key) && !s_ofTheLocalEdition.Contains(value.Key) && value.Key != "Schedule" && (string)value.Value! != string.Empty),
        value => Assert.Equal(Convert.ToString(AppSettings.DefaultOf(value.Key), CultureInfo.InvariantCulture), (string)value.Value!));
}
