using System.Net;
using System.Net.Sockets;

namespace EmbeddedHost.Tests.Hosting;

/// <summary>What the program cannot run ends it with a code and one sentence that says what to do, and leaves everything as it was.</summary>
public sealed class BadFolderTests : IDisposable
{
    private const int Failed = 1;
    private const int Usage = 2;

    private readonly SampleFolder _folder = new();

    [Theory]
    [InlineData(new[] { "--help" }, 0, "Runs a published Azure Functions app")]
    [InlineData(new string[0], Usage, "Usage: EmbeddedHost FOLDER [--port N] [--state FOLDER]. --help tells more.")]
    [InlineData(new[] { "a", "b" }, Usage, "Unrecognized command or argument 'b'.")]
    [InlineData(new[] { "a", "--colour" }, Usage, "Unrecognized command or argument '--colour'.")]
    [InlineData(new[] { "a", "--port", "many" }, Usage, "Cannot parse argument 'many' for option '--port'")]
    [InlineData(new[] { "a", "--port", "70000" }, Usage, "--port 70000: a port is a number from 0 (any that is free) to 65535.")]
    [InlineData(new[] { "/no/such/folder" }, Usage, "There is no folder /no/such/folder. Give the folder of a published function app.")]
    public async Task Arguments_are_explained(string[] arguments, int code, string text)
    {
        using var program = HostProgram.Launch(arguments);

        Assert.Equal(code, await program.EndAsync());
        Assert.Contains(text, program.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_holds_no_app()
    {
        _folder.Remove("worker.config.json");
        _folder.Remove("host.json");

        await RefusedAsync(
            Usage,
            $"The folder {_folder.App} holds no published function app of the isolated worker model: there is no worker.config.json. "
            + "Make one with 'dotnet publish' of a project that uses Microsoft.Azure.Functions.Worker.Sdk.");
    }

    [Fact]
    public async Task An_in_process_app()
    {
        _folder.Remove("worker.config.json");

        await RefusedAsync(
            Usage,
            $"The folder {_folder.App} holds no published function app of the isolated worker model: there is no worker.config.json. "
            + "An in-process app, or one in another language, is not run by this host. "
            + "Make one with 'dotnet publish' of a project that uses Microsoft.Azure.Functions.Worker.Sdk.");
    }

    [Fact]
    public async Task An_app_of_another_runtime()
    {
        _folder.Write("worker.config.json", """{ "description": { "language": "python", "defaultWorkerPath": "worker.py" } }""");

        await RefusedAsync(Usage, $"The app in {_folder.App} is for the worker runtime 'python'; this host runs 'dotnet-isolated' only.");
    }

    [Theory]
    [InlineData("{", "worker.config.json cannot be read: ")]
    [InlineData("{}", "worker.config.json cannot be read: ")]
    [InlineData("""{ "description": { "language": "dotnet-isolated" } }""", "worker.config.json cannot be read: ")]
    public async Task A_worker_config_that_is_none(string json, string text)
    {
        _folder.Write("worker.config.json", json);

        await RefusedAsync(Usage, text);
    }

    [Theory]
    [InlineData("{ \"version\"", "host.json cannot be read: ")]
    [InlineData("[]", "host.json is not a host.json: it must be a JSON object.")]
    public async Task A_host_json_that_is_none(string json, string text)
    {
        _folder.Write("host.json", json);

        await RefusedAsync(Usage, text);
    }

    [Fact]
    public async Task Local_settings_that_are_none()
    {
        File.WriteAllText(Path.Combine(_folder.App, "local.settings.json"), "{ \"Values\": ");

        await RefusedAsync(Usage, "local.settings.json cannot be read: ");
    }

    [Fact]
    public async Task A_setting_that_is_not_allowed() => await RefusedAsync(
        Usage, "EmbeddedHost__WorkerStartTimeLimit is 00:00:00; it must be a time above zero", ("EmbeddedHost__WorkerStartTimeLimit", "00:00:00"));

    [Fact]
    public async Task A_setting_that_cannot_be_read() => await RefusedAsync(
        Usage,
        "EmbeddedHost__Http__MaxRequestBytes is 'many'; it must be a whole number.",
        ("EmbeddedHost__Http__MaxRequestBytes", "many"));

    [Fact]
    public async Task A_schedule_whose_setting_is_not_there() => await RefusedAsync(
        Usage, "The timer function 'Daily' has the schedule 'often' (from %DailySchedule%), which is not allowed", ("DailySchedule", "often"));

    [Fact]
    public async Task A_port_that_is_taken()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        using var program = HostProgram.Launch([_folder.App, "--port", $"{port}", "--state", _folder.State]);

        await RefusedAsync(
            program, Failed, $"Port {port} of 127.0.0.1 is in use by another program. End that one, or choose another port with EmbeddedHost__Http__Port.");
    }

    [Fact]
    public async Task A_worker_that_dies_at_once_is_not_started_again()
    {
        _folder.Write(
            "worker.config.json",
            """{ "description": { "language": "dotnet-isolated", "defaultExecutablePath": "dies", "defaultWorkerPath": "SampleApp.dll" } }""");
        WriteProgram("dies", "echo cannot go on; exit 7");

        await RefusedAsync(Failed, "The worker ended with exit code 7 before it was ready. It said last: cannot go on");
    }

    [Fact]
    public async Task A_worker_that_is_not_there()
    {
        _folder.Write(
            "worker.config.json",
            """{ "description": { "language": "dotnet-isolated", "defaultExecutablePath": "nothing", "defaultWorkerPath": "SampleApp.dll" } }""");

        await RefusedAsync(Failed, $"The worker's program {Path.Combine(_folder.App, "nothing")} cannot be started: ");
    }

    [Fact]
    public async Task A_worker_that_does_not_connect_in_time()
    {
        _folder.Write(
            "worker.config.json",
            """{ "description": { "language": "dotnet-isolated", "defaultExecutablePath": "sleeps", "defaultWorkerPath": "SampleApp.dll" } }""");
        WriteProgram("sleeps", "exec sleep 1000");

        await RefusedAsync(
            Failed,
            "The worker was not ready within 00:00:01. Its log says more; EmbeddedHost__WorkerStartTimeLimit gives it longer.",
            ("EmbeddedHost__WorkerStartTimeLimit", "00:00:01"));
    }

    [Fact]
    public async Task A_state_folder_of_the_engine_before_is_left_as_it_is()
    {
        Directory.CreateDirectory(_folder.State);
        var old = Path.Combine(_folder.State, "history.db");
        File.WriteAllText(old, "old");

        await RefusedAsync(
            Failed, $"The state folder {_folder.State} is of an earlier version of this host, whose history.db this one cannot read. It was left as it is.");

        Assert.Equal("old", File.ReadAllText(old));
        Assert.Equal([old], Directory.GetFileSystemEntries(_folder.State));
    }

    [Fact]
    public async Task A_state_file_that_is_damaged_is_left_as_it_is()
    {
        Directory.CreateDirectory(_folder.State);
        var damaged = Path.Combine(_folder.State, "taskhub.db");
        File.WriteAllText(damaged, new string('x', 10_000));

        await RefusedAsync(Failed, "taskhub.db");

        Assert.Equal(new string('x', 10_000), File.ReadAllText(damaged));
    }

    public void Dispose() => _folder.Dispose();

    private void WriteProgram(string name, string script)
    {
        _folder.Write(name, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(_folder.App, name), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private async Task RefusedAsync(int code, string text, params IEnumerable<(string Name, string Value)> settings)
    {
        using var program = HostProgram.Launch(
            [_folder.App, "--port", "0", "--state", _folder.State], settings.ToDictionary(setting => setting.Name, setting => setting.Value));
        await RefusedAsync(program, code, text);
    }

    private static async Task RefusedAsync(HostProgram program, int code, string text)
    {
        var ended = await program.EndAsync();

        // The log before it may have more to say; the last line is the sentence.
        Assert.Contains(text, program.Said.Last(), StringComparison.Ordinal);
        Assert.Equal(code, ended);
        Assert.DoesNotContain(program.Said, line => line.StartsWith("   at ", StringComparison.Ordinal));
    }
}
