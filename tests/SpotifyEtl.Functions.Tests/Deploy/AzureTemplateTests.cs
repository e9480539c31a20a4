using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SpotifyEtl.Functions.Tests.Deploy;

public sealed partial class AzureTemplateTests
{
    private static readonly string s_path = DeployFolder.PathOf("azure.bicep");

    private static readonly Lazy<Task<(JsonObject? Template, string Diagnostics)>> s_build = new(() => Bicep.BuildAsync(s_path, CancellationToken.None));

    [Fact]
    public async Task The_template_compiles_without_a_warning()
    {
        var (template, diagnostics) = await s_build.Value;

        Assert.Equal(string.Empty, diagnostics.Trim());
        Assert.NotNull(template);
    }

    [Fact]
    public async Task Every_setting_that_the_app_reads_is_set_or_explained()
    {
        var set = await SettingsAsync();
        var comments = string.Join('\n', File.ReadLines(s_path).Where(line => line.StartsWith("//", StringComparison.Ordinal)));

        Assert.Equal(
            [],
            AppSettings.All.Where(
                setting => !set.Contains(setting) && !Regex.IsMatch(comments, $@"\b{setting}\b", RegexOptions.None, TimeSpan.FromSeconds(1))));
        Assert.Contains("AWS_REGION", set);
        Assert.Contains("APPLICATIONINSIGHTS_CONNECTION_STRING", set);
        Assert.All(
            ["AWS_ENDPOINT_URL", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL"],
            setting => Assert.Contains(setting, comments, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_setting_is_set_that_the_app_does_not_read()
    {
        var set = await SettingsAsync();

        Assert.Equal(
            [],
            set.Where(setting => AppSettings.Sections.Any(section => setting.StartsWith(section + "__", StringComparison.Ordinal))).Except(AppSettings.All));
    }

    [Theory]
    [InlineData("keepDays", "Runs__KeepDays")]
    [InlineData("healthMaxAge", "Health__MaxAge")]
    [InlineData("athenaWorkGroup", "Athena__WorkGroup")]
    public async Task A_parameter_has_the_default_of_its_setting(string parameter, string setting) =>
        Assert.Equal($"{AppSettings.DefaultOf(setting)}", (await TemplateAsync())["parameters"]![parameter]!["defaultValue"]!.ToString());

    [Fact]
    public async Task A_secret_comes_from_the_key_vault_and_has_no_default()
    {
        var template = await TemplateAsync();
        var secure = template["parameters"]!.AsObject().Where(parameter => (string)parameter.Value!["type"]! == "securestring").ToList();

        Assert.NotEmpty(secure);
        Assert.All(secure, parameter => Assert.Equal(string.Empty, (string)parameter.Value!["defaultValue"]!));
        foreach (var secret in new[] { "Spotify__ClientSecret", "Spotify__RefreshToken", "Notify__WebhookUrl" })
        {
            Assert.Matches($@"'{secret}', format\('@Microsoft\.KeyVault\(", TextOf(template));
        }
    }

    [Fact]
    public async Task Nothing_opens_the_storage_account_but_the_identitys_roles()
    {
        var template = await TemplateAsync();
        var storage = Resources(template).Single(resource => (string)resource["type"]! == "Microsoft.Storage/storageAccounts")["properties"]!;

        Assert.False((bool)storage["allowSharedKeyAccess"]!);
        Assert.False((bool)storage["allowBlobPublicAccess"]!);
        Assert.DoesNotContain("listKeys", template.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_host_json_for_Durable_Task_Scheduler_differs_in_where_the_checkpoints_are_alone()
    {
        var standard = DurableTask(Path.Combine(DeployFolder.Root, "host.json"), out var host);
        var scheduler = DurableTask(DeployFolder.PathOf("host.DurableTaskScheduler.json"), out var other);

        Assert.Equal("AzureStorage", (string)standard["storageProvider"]!["type"]!);
        Assert.Equal("azureManaged", (string)scheduler["storageProvider"]!["type"]!);
        foreach (var durableTask in new[] { standard, scheduler })
        {
            durableTask.Remove("storageProvider");
            durableTask.Remove("hubName");
        }

        Assert.Equal(host.ToJsonString(), other.ToJsonString());
    }

    private static JsonObject DurableTask(string path, out JsonNode host)
    {
        host = JsonNode.Parse(File.ReadAllText(path))!;
        return host["extensions"]!["durableTask"]!.AsObject();
    }

    private static async Task<JsonObject> TemplateAsync() => (await s_build.Value).Template!;

    private static async Task<HashSet<string>> SettingsAsync() =>
        [.. SettingName().Matches(TextOf(await TemplateAsync())).Select(match => match.Groups["name"].Value)];

    private static string TextOf(JsonObject template) => template.ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static IEnumerable<JsonNode> Resources(JsonObject template) =>
        template["resources"] is JsonObject named ? named.Select(resource => resource.Value!) : template["resources"]!.AsArray().Select(resource => resource!);

    [GeneratedRegex(
        "'(?<name>[A-Za-z]+(__[A-Za-z]+)+|AWS_[A-Z_]+|APPLICATIONINSIGHTS_[A-Z_]+|Schedule)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SettingName();
}
