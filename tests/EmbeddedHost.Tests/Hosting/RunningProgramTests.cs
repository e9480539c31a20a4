using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;

namespace EmbeddedHost.Tests.Hosting;

/// <summary>The program with an app that it has not been built with, whose worker is a process of its own.</summary>
public sealed class RunningProgramTests : IDisposable
{
    private const string Api = "/runtime/webhooks/durabletask";

    private readonly SampleFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HTTP_functions_of_both_kinds_and_orchestrations_run_and_it_stops_when_told_to()
    {
        using var program = await _folder.StartAsync();
        using var worker = Process.GetProcessById(program.WorkerId);

        Assert.Equal("Hello GET", await program.Http.GetStringAsync("/api/Plain", Cancellation));
        using var data = await program.Http.PostAsync("/api/Bytes?x=1", new ByteArrayContent([0, 1, 255]), Cancellation);
        Assert.Equal([0, 1, 255], await data.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("420", await RunAsync(program, "FanOut", "20"));
        using var started = await program.Http.PostAsync("/api/Start?input=x", null, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        Assert.StartsWith(
            $"{program.Http.BaseAddress}runtime/webhooks/durabletask/instances/", started.Headers.Location!.OriginalString, StringComparison.Ordinal);

        Assert.Equal(0, await program.StopAsync());
        Assert.True(worker.HasExited);
        Assert.DoesNotContain("is started again", program.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("did not stop in time", program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_which_reaches_the_worker_too_stops_it_in_order()
    {
        using var program = await _folder.StartAsync();

        Assert.Equal(0, await program.InterruptAsync());
        Assert.DoesNotContain("is started again", program.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("warn", program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_folder_is_one_programs()
    {
        using var first = await _folder.StartAsync();
        using var second = HostProgram.Launch([_folder.App, "--port", "0", "--state", _folder.State]);

        Assert.Equal(1, await second.EndAsync());
        Assert.StartsWith($"The state folder {_folder.State} is held by ", second.Said.Last(), StringComparison.Ordinal);
        Assert.Contains(first.Http.BaseAddress!.GetLeftPart(UriPartial.Authority), second.Said.Last(), StringComparison.Ordinal);
        Assert.Equal("Hello GET", await first.Http.GetStringAsync("/api/Plain", Cancellation));
    }

    [Fact]
    public async Task Settings_of_local_settings_json_reach_host_and_worker_and_the_environment_goes_before_them()
    {
        _folder.Write(
            "local.settings.json",
            """{ "IsEncrypted": false, "Values": { "EmbeddedHost__Http__MasterKey": "local", "DailySchedule": "never", "Sample__Http": "protocol" } }""");
        using var program = await _folder.StartAsync();

        using var locked = await program.Http.GetAsync("/api/Guarded", Cancellation);
        using var aspNet = await program.Http.GetAsync("/api/Plain", Cancellation);
        using var protocol = await program.Http.GetAsync("/api/empty/202?code=local", Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, locked.StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, aspNet.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, protocol.StatusCode);
    }

    [Fact]
    public async Task The_route_prefix_of_host_json_holds_for_host_and_worker()
    {
        _folder.Write("host.json", """{ "version": "2.0", "extensions": { "http": { "routePrefix": "v1/x" } } }""");
        using var program = await _folder.StartAsync();

        Assert.Equal("Hello GET", await program.Http.GetStringAsync("/v1/x/Plain", Cancellation));
        Assert.Equal("a  /v1/x/named/a", await program.Http.GetStringAsync("/v1/x/named/a", Cancellation));
        using var usual = await program.Http.GetAsync("/api/Plain", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, usual.StatusCode);
    }

    [Fact]
    public async Task A_log_level_of_host_json_holds_for_what_the_worker_logs()
    {
        _folder.Write("host.json", """{ "version": "2.0", "logging": { "logLevel": { "default": "Error" } } }""");
        using var program = await _folder.StartAsync(("Sample__Http", string.Empty));

        using var failed = await program.Http.GetAsync("/api/Throws?code=secret", Cancellation);
        await program.StopAsync();

        Assert.DoesNotContain(program.Said, line => line.Contains("info:", StringComparison.Ordinal));
        Assert.Contains("HTTP function Throws failed: ", program.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("code=secret", program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_worker_extension_is_given_sessions_and_an_older_one_whole_histories()
    {
        using (var sessions = await _folder.StartAsync())
        {
            Assert.Equal("7", await RunAsync(sessions, "Large", "5"));
            await sessions.StopAsync();
            Assert.DoesNotContain("Extended sessions are off", sessions.Text, StringComparison.Ordinal);
        }

        _folder.MakeOlder("Microsoft.DurableTask.Worker.Grpc.dll", "1.18.9");
        using var without = await _folder.StartAsync();
        Assert.Equal("7", await RunAsync(without, "Large", "5"));
        await without.StopAsync();

        Assert.Single(without.Said, line =>
            line.Contains("Extended sessions are off: the app's Microsoft.DurableTask.Worker.Grpc is ", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string> RunAsync(HostProgram program, string orchestrator, string input)
    {
        using StringContent content = new(input, Encoding.UTF8, "application/json");
        using var response = await program.Http.PostAsync($"{Api}/orchestrators/{orchestrator}?timeout=60&pollingInterval=1", content, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation)).GetRawText();
    }
}
