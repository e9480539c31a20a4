using System.Net;
using System.Net.Sockets;
using EmbeddedHost.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static EmbeddedHost.Tests.Http.WebHost;

namespace EmbeddedHost.Tests.Http;

public sealed class ListeningTests
{
    [Fact]
    public async Task Settings_and_arguments_say_where_to_listen()
    {
        await using var host = Build(("Port", "0"), ("Address", "localhost"));
        await host.StartAsync();
        var url = host.Url;
        using HttpClient client = new() { BaseAddress = url };

        Assert.Equal("127.0.0.1", url.Host);
        Assert.NotEqual(0, url.Port);
        Assert.Equal("Hello GET", await client.GetStringAsync("/api/Plain", Cancellation));

        await host.StopAsync();
        Assert.Null(host.Services.GetRequiredService<ListeningAddress>().Url);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("/api/Plain", Cancellation));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    public async Task An_address_that_others_reach_needs_a_master_key_and_else_nothing_starts(string address)
    {
        await using var host = Build(("Address", address), ("FunctionKey", "f"));

        var refusal = await Assert.ThrowsAnyAsync<EmbeddedHostException>(() => host.StartAsync());

        Assert.Contains("has no master key. Set EmbeddedHost__Http__MasterKey", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(host.Folder.State));
    }

    [Fact]
    public async Task With_a_master_key_the_host_listens_on_all_addresses()
    {
        await using var host = await StartAsync(listen => (listen.Address, listen.MasterKey) = ("*", "master"));

        Assert.Equal("Hello GET", await host.TextAsync("/api/Plain"));
        Assert.Equal(Environment.MachineName, host.Url.Host, ignoreCase: true);
    }

    [Theory]
    [InlineData("Port", "65536", "EmbeddedHost__Http__Port is 65536; it must be from 0")]
    [InlineData("Address", "somewhere", "EmbeddedHost__Http__Address is 'somewhere'; it must be an IP address")]
    [InlineData("MaxRequestBytes", "0", "EmbeddedHost__Http__MaxRequestBytes is 0; it must be above zero")]
    [InlineData("RequestTimeout", "00:00:00", "EmbeddedHost__Http__RequestTimeout is 00:00:00; it must be above zero and at most a day")]
    [InlineData("RequestTimeout", "30.00:00:00", "EmbeddedHost__Http__RequestTimeout is 30.00:00:00; it must be above zero and at most a day")]
    [InlineData("PublicUrl", "ftp://x", "EmbeddedHost__Http__PublicUrl is 'ftp://x/'; it must be an http or https address")]
    public async Task A_setting_that_is_not_allowed_stops_the_start_and_is_named(string name, string value, string message)
    {
        await using var host = Build((name, value));

        Assert.Contains(message, (await Assert.ThrowsAnyAsync<EmbeddedHostException>(() => host.StartAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var host = Build(("Port", $"{port}"));

        var refusal = await Assert.ThrowsAnyAsync<EmbeddedHostException>(() => host.StartAsync());

        Assert.StartsWith($"Port {port} of 127.0.0.1 is in use by another program.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_may_map_routes_of_its_own()
    {
        await using var host = await StartAsync(listen => listen.MapRoutes =
            routes => Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(routes, "/page", () => "own page"));

        Assert.Equal("own page", await host.TextAsync("/page"));
    }

    private static WebHost Build(params IEnumerable<(string Name, string Value)> settings) => new(configure: builder =>
    {
        builder.Services.AddOptions<EmbeddedHostOptions>().Configure(options => options.Http = new HttpListenOptions());
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create($"{EmbeddedHostOptions.SectionName}:Http:{setting.Name}", (string?)setting.Value)));
        builder.Services.AddOptions<EmbeddedHostOptions>().BindConfiguration(EmbeddedHostOptions.SectionName);
    });
}
