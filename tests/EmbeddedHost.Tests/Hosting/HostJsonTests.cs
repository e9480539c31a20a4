using EmbeddedHost.Hosting;

namespace EmbeddedHost.Tests.Hosting;

public sealed class HostJsonTests
{
    [Fact]
    public void Concurrency_and_hub_name_come_from_the_durableTask_section()
    {
        var read = Read("""{ /* comments are allowed */ "extensions": { "durableTask": { "hubName": "Hub", "defaultVersion": "1.2", "maxConcurrentActivityFunctions": 3, "maxConcurrentOrchestratorFunctions": 4 } } }""");

        Assert.Equal(new HostJson("Hub", "1.2", 3, 4), read);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "version": "2.0", "extensions": {} }""")]
    [InlineData("""{ "extensions": { "durableTask": {} } }""")]
    public void What_is_not_set_has_Azures_defaults(string json) => Assert.Equal(HostJson.Default, Read(json));

    [Fact]
    public void A_missing_file_means_the_defaults() => Assert.Equal(HostJson.Default, HostJson.Read("/nowhere/host.json"));

    [Theory]
    [InlineData("""{ "extensions": { "durableTask": { "maxConcurrentActivityFunctions": 0 } } }""", "maxConcurrentActivityFunctions is 0; it must be a whole number above zero")]
    [InlineData("""{ "extensions": { "durableTask": { "maxConcurrentOrchestratorFunctions": "many" } } }""", "maxConcurrentOrchestratorFunctions is \"many\"")]
    [InlineData("""{ "extensions": """, "cannot be read")]
    public void A_value_that_is_not_allowed_stops_the_start_and_is_named(string json, string message) =>
        Assert.Contains(message, Assert.ThrowsAny<EmbeddedHostException>(() => Read(json)).Message, StringComparison.Ordinal);

    private static HostJson Read(string json)
    {
        using TemporaryFolder folder = new();
        var path = Path.Combine(folder.Path, "host.json");
        File.WriteAllText(path, json);
        return HostJson.Read(path);
    }
}
