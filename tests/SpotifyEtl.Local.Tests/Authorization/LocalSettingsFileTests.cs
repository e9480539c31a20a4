using SpotifyEtl.Errors;
using SpotifyEtl.Local.Authorization;
using SpotifyEtl.Local.Tests.Lake;

namespace SpotifyEtl.Local.Tests.Authorization;

public sealed class LocalSettingsFileTests
{
    [Theory]
    [InlineData("{\"Values\":{}}", "{\"Values\":{\n    \"Token\": \"new\"\n  }}")]
    [InlineData("{\"Values\": {\"A\":\"1\"}, \"Host\":{\"Token\":\"x\"}}", "{\"Values\": {\n    \"Token\": \"new\",\"A\":\"1\"}, \"Host\":{\"Token\":\"x\"}}")]
    [InlineData(
        "{\r\n // mine\r\n \"Values\" : { \"A\":1, \"Token\" : \"old\" , /* b */ \"B\":2, } }",
        "{\r\n // mine\r\n \"Values\" : { \"A\":1, \"Token\" : \"new\" , /* b */ \"B\":2, } }")]
    [InlineData(
        "{\"Other\":{\"Values\":{\"Token\":1}},\"Values\":{\"A\":{\"Token\":2},\"Token\":null}}",
        "{\"Other\":{\"Values\":{\"Token\":1}},\"Values\":{\"A\":{\"Token\":2},\"Token\":\"new\"}}")]
    [InlineData("\uFEFF{\"Values\":{\"é\":\"ü\",\"Token\":\"old\"}}\n", "\uFEFF{\"Values\":{\"é\":\"ü\",\"Token\":\"new\"}}\n")]
    public async Task A_value_is_set_and_every_other_character_stays(string before, string after)
    {
        using TemporaryFolder folder = new();
        var path = Path.Combine(folder.FullPath, "local.settings.json");
        await File.WriteAllBytesAsync(path, System.Text.Encoding.UTF8.GetBytes(before), TestContext.Current.CancellationToken);

        await new LocalSettingsFile(path).SetAsync([("Token", "new")], TestContext.Current.CancellationToken);

        Assert.Equal(after, System.Text.Encoding.UTF8.GetString(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)));
        Assert.Equal([path], Directory.GetFiles(folder.FullPath));
    }

    [Theory]
    [InlineData("{\"Values\":{\"A\":\"1\",\"Token\":\"a\\u0062\"}}", "ab")]
    [InlineData("{\"Token\":\"x\",\"Values\":{\"A\":{\"Token\":\"y\"}}}", null)]
    [InlineData("{\"Values\":{\"Token\":null}}", null)]
    [InlineData("\uFEFF{\"Values\":{\"Token\" : \"ab\" }}", "ab")]
    public async Task A_value_is_found(string text, string? value)
    {
        using TemporaryFolder folder = new();
        var path = Path.Combine(folder.FullPath, "local.settings.json");
        Assert.Null(await new LocalSettingsFile(path).FindAsync("Token", TestContext.Current.CancellationToken));
        await File.WriteAllBytesAsync(path, System.Text.Encoding.UTF8.GetBytes(text), TestContext.Current.CancellationToken);

        Assert.Equal(value, await new LocalSettingsFile(path).FindAsync("Token", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_made_and_only_its_owner_can_read_it()
    {
        using TemporaryFolder folder = new();
        var path = Path.Combine(folder.FullPath, "local.settings.json");

        await new LocalSettingsFile(path).SetAsync([("First", "a\"b"), ("Second", "c")], TestContext.Current.CancellationToken);

        using var document = System.Text.Json.JsonDocument.Parse(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal("a\"b", document.RootElement.GetProperty("Values").GetProperty("First").GetString());
        Assert.Equal("c", document.RootElement.GetProperty("Values").GetProperty("Second").GetString());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"Values\":[]}")]
    [InlineData("{\"IsEncrypted\":false}")]
    public async Task A_file_that_cannot_be_understood_is_left_alone_and_named(string text)
    {
        using TemporaryFolder folder = new();
        var path = Path.Combine(folder.FullPath, "local.settings.json");
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<EtlConfigurationException>(
            () => new LocalSettingsFile(path).SetAsync([("Token", "secret-token")], TestContext.Current.CancellationToken));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-token", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }
}
