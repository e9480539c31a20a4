using System.Net;
using System.Net.Sockets;
using EmbeddedHost.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using static EmbeddedHost.Tests.Http.WebHost;

namespace EmbeddedHost.Tests.Http;

public sealed class ListeningTests
{
    [Fact]
    public async Task An_app_that_is_no_web_application_runs_and_does_not_listen()
    {
        using TemporaryFolder folder = new();
        using var host = Build(folder, web: false);
        await host.StartAsync(Cancellation);

        Assert.Null(host.Services.GetRequiredService<ListeningAddress>().Url);

        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Settings_and_arguments_say_where_to_listen()
    {
        using TemporaryFolder folder = new();
        using var host = Build(folder, "--EmbeddedHost:Http:Port=0", "--EmbeddedHost:Http:Address=localhost");
        await host.StartAsync(Cancellation);
        var url = host.Services.GetRequiredService<ListeningAddress>().Url!;
        using HttpClient client = new() { BaseAddress = url };

        Assert.Equal("127.0.0.1", url.Host);
        Assert.NotEqual(0, url.Port);
        Assert.Equal("Hello GET", await client.GetStringAsync("/api/Plain", Cancellation));

        await host.StopAsync(Cancellation);
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
        using TemporaryFolder folder = new();
        using var host = Build(folder, "--EmbeddedHost:Http:Address=" + address, "--EmbeddedHost:Http:FunctionKey=f");

        var refusal = await Assert.ThrowsAnyAsync<EmbeddedHostException>(() => host.StartAsync(Cancellation));

        Assert.Contains("has no master key. Set EmbeddedHost__Http__MasterKey", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "state")));
    }

    [Fact]
    public async Task With_a_master_key_the_host_listens_on_all_addresses()
    {
        await using var host = await StartAsync(listen => (listen.Address, listen.MasterKey) = ("*", "master"));

        Assert.Equal("Hello GET", await host.TextAsync("/api/Plain"));
        Assert.Equal(Environment.MachineName, host.Url.Host, ignoreCase: true);
    }

    [Theory]
    [InlineData("--EmbeddedHost:Http:Port=65536", "EmbeddedHost__Http__Port is 65536; it must be from 0")]
    [InlineData("--EmbeddedHost:Http:Address=somewhere", "EmbeddedHost__Http__Address is 'somewhere'; it must be an IP address")]
    [InlineData("--EmbeddedHost:Http:MaxRequestBytes=0", "EmbeddedHost__Http__MaxRequestBytes is 0; it must be above zero")]
    [InlineData("--EmbeddedHost:Http:RequestTimeout=00:00:00", "EmbeddedHost__Http__RequestTimeout is 00:00:00; it must be above zero and at most a day")]
    [InlineData("--EmbeddedHost:Http:RequestTimeout=30.00:00:00", "EmbeddedHost__Http__RequestTimeout is 30.00:00:00; it must be above zero and at most a day")]
    [InlineData("--EmbeddedHost:Http:PublicUrl=ftp://x", "EmbeddedHost__Http__PublicUrl is 'ftp://x/'; it must be an http or https address")]
    public async Task A_setting_that_is_not_allowed_stops_the_start_and_is_named(string argument, string message)
    {
        using TemporaryFolder folder = new();
        using var host = Build(folder, argument);

        Assert.Contains(message, (await Assert.ThrowsAnyAsync<EmbeddedHostException>(() => host.StartAsync(Cancellation))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using TemporaryFolder folder = new();
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var host = Build(folder, $"--EmbeddedHost:Http:Port={port}");

        var refusal = await Assert.ThrowsAnyAsync<EmbeddedHostException>(() => host.StartAsync(Cancellation));

        Assert.StartsWith($"Port {port} of 127.0.0.1 is in use by another program.", refusal.Message, StringComparison.Ordinal);
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task ASP_NETs_types_need_the_call_that_adds_them()
    {
        using TemporaryFolder folder = new();
        using var host = Build(folder, web: false, "--EmbeddedHost:Http:Port=0");

        var refusal = await Assert.ThrowsAnyAsync<EmbeddedHostException>(() => host.StartAsync(Cancellation));

        Assert.Contains("Call ConfigureFunctionsWebApplication()", refusal.Message, StringComparison.Ordinal);
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_program_may_map_routes_of_its_own()
    {
        await using var host = await StartAsync(listen => listen.MapRoutes =
            routes => Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions.MapGet(routes, "/page", () => "own page"));

        Assert.Equal("own page", await host.TextAsync("/page"));
    }

    private static IHost Build(TemporaryFolder folder, params string[] arguments) => Build(folder, web: true, arguments);

    private static IHost Build(TemporaryFolder folder, bool web, params string[] arguments)
    {
        var builder = FunctionsApplication.CreateBuilder(arguments);
        if (web)
        {
            builder.ConfigureFunctionsWebApplication();
        }

        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<Hosting.Greetings.Salutation>();
        builder.Services.Configure<EmbeddedHostOptions>(options =>
        {
            options.StateFolder = Path.Combine(folder.Path, "state");
            options.FunctionAssemblies.Add(typeof(WebFunctions).Assembly);
        });
        return builder.Build();
    }
}
