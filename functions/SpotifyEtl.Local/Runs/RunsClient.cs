using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using EmbeddedHost;
using EmbeddedHost.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Payloads;
using SpotifyEtl.Runs;
using SpotifyEtl.Triggers;

namespace SpotifyEtl.Local.Runs;

/// <summary>
/// The runs of a state folder, over HTTP: of the server that holds the folder, else of a host in this process that lets the runs rest where
/// they stand.
/// </summary>
internal sealed class RunsClient : IAsyncDisposable
{
    private const string Management = "runtime/webhooks/durabletask/instances";
    private const string ServerKey = $"{EmbeddedHostOptions.SectionName}:{nameof(EmbeddedHostOptions.Http)}:{nameof(HttpListenOptions.MasterKey)}";

    private readonly HttpClient _http;
    private readonly IHost? _host;
    private readonly TimeSpan _keep;
    private readonly TimeProvider _time;

    private RunsClient(Uri address, string? key, TimeSpan keep, TimeProvider time, IHost? host)
    {
        _http = new HttpClient { BaseAddress = address };
        if (key is not null)
        {
            _http.DefaultRequestHeaders.Add("x-functions-key", key);
        }

        _keep = keep;
        _time = time;
        _host = host;
    }

    /// <summary>Whether another process serves the runs.</summary>
    public bool IsServed => _host is null;

    /// <param name="atRest">Makes a host of the state folder whose runs rest, and that listens there.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    public static async Task<RunsClient> OpenAsync(Func<HttpListenOptions, IHost> atRest, CancellationToken cancellationToken)
    {
        // Known to nobody else, so that for its short life the host answers nobody else.
        var ownKey = RandomNumberGenerator.GetHexString(32);
        var host = atRest(new HttpListenOptions { Port = 0, MasterKey = ownKey });
        var state = host.Services.GetRequiredService<IOptions<EmbeddedHostOptions>>().Value.StateFolder;
        if (!Directory.Exists(state))
        {
            host.Dispose();
            throw new UsageException($"There is no state folder {state}, so no run has been made with it. --state names another.");
        }

        var keep = TimeSpan.FromDays(host.Services.GetRequiredService<IOptions<RunOptions>>().Value.KeepDays);
        var time = host.Services.GetRequiredService<TimeProvider>();
        try
        {
            await host.StartAsync(cancellationToken);
            return new RunsClient(host.Services.GetRequiredService<ListeningAddress>().Url!, ownKey, keep, time, host);
        }
        catch (StateFolderHeldException held) when (held.Holder?.Address is not null)
        {
            var serverKey = host.Services.GetRequiredService<IConfiguration>()[ServerKey];
            host.Dispose();
            return new RunsClient(held.Holder.Address, serverKey, keep, time, host: null);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>The newest runs of these statuses; of all, when none is given.</summary>
    public async Task<IReadOnlyList<RunSummary>> ListAsync(IReadOnlyList<RunStatus> statuses, int top, CancellationToken cancellationToken)
    {
        // What is live rests as long as nobody serves it, and is interrupted then; to the host itself it is running.
        var impossible = IsServed ? RunStatus.Interrupted : RunStatus.Running;
        var asked = statuses.Where(status => status != impossible).Select(status => status is RunStatus.Interrupted ? RunStatus.Running : status).ToList();
        return statuses.Count > 0 && asked.Count == 0
            ? []
            : [.. (await ReadAsync<List<RunSummary>>(HttpMethod.Get, $"api/runs?top={top}&status={string.Join(',', asked)}", cancellationToken)).Select(Seen)];
    }

    public async Task<RunSummary> GetAsync(string runId, CancellationToken cancellationToken) =>
        Seen(await ReadAsync<RunSummary>(HttpMethod.Get, Run(runId), cancellationToken));

    public Task<RunSummary> CancelAsync(string runId, CancellationToken cancellationToken) =>
        ReadAsync<RunSummary>(HttpMethod.Post, Run(runId) + "/cancel", cancellationToken);

    /// <returns>The id of the run that was started.</returns>
    public async Task<string> RerunAsync(string runId, CancellationToken cancellationToken) =>
        (await ReadAsync<StartedRun>(HttpMethod.Post, Run(runId) + "/rerun", cancellationToken)).RunId;

    /// <summary>Removes the history of a run that has ended, and of its parts.</summary>
    public async Task PurgeAsync(string runId, CancellationToken cancellationToken)
    {
        var run = await GetAsync(runId, cancellationToken);
        if (run.IsLive)
        {
            throw new RunsException($"Run {runId} is {run.Status}: only runs that have ended are purged. Cancel it first, or let it end.");
        }

        var parts = $"{Management}?instanceIdPrefix={Uri.EscapeDataString(runId + ":")}&showInput=false&top=100";
        while (await ReadAsync<List<ManagedInstance>>(HttpMethod.Get, parts, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var part in page)
            {
                await DeleteAsync($"{Management}/{Uri.EscapeDataString(part.InstanceId)}", cancellationToken);
            }
        }

        await DeleteAsync($"{Management}/{Uri.EscapeDataString(runId)}", cancellationToken);
    }

    /// <summary>Removes the history of ended runs that were started so many days ago; null: as many as the settings say.</summary>
    /// <returns>How many instances were removed.</returns>
    public Task<int> PurgeAsync(int? days, CancellationToken cancellationToken)
    {
        var to = _time.GetUtcNow() - (days is { } given ? TimeSpan.FromDays(given) : _keep);
        var created = $"createdTimeFrom=2000-01-01T00:00:00Z&createdTimeTo={Uri.EscapeDataString(to.UtcDateTime.ToString("O"))}";
        return DeleteAsync($"{Management}?{created}&runtimeStatus=Completed,Failed,Terminated", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_host is not null)
        {
            await _host.StopAsync(CancellationToken.None);
            _host.Dispose();
        }
    }

    private RunSummary Seen(RunSummary run) => !IsServed && run.Status is RunStatus.Running ? run with { Status = RunStatus.Interrupted } : run;

    private static string Run(string runId) => "api/runs/" + Uri.EscapeDataString(runId);

    // The management API answers 404 when there was nothing to remove.
    private async Task<int> DeleteAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(HttpMethod.Delete, path, cancellationToken);
        return answer.StatusCode is HttpStatusCode.NotFound ? 0 : (await ReadAsync<PurgeAnswer>(answer, cancellationToken)).InstancesDeleted;
    }

    private async Task<T> ReadAsync<T>(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(method, path, cancellationToken);
        return await ReadAsync<T>(answer, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(method, path);
        try
        {
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new RunsException($"The server at {_http.BaseAddress} that holds the state folder does not answer: {exception.Message}", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RunsException(
                $"The server at {_http.BaseAddress} that holds the state folder has not answered within {_http.Timeout.TotalSeconds:0} s.", exception);
        }
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.IsSuccessStatusCode)
        {
            return (await answer.Content.ReadFromJsonAsync<T>(PayloadJson.Options, cancellationToken))!;
        }

        var message = Message(await answer.Content.ReadAsStringAsync(cancellationToken));
        var status = answer.StatusCode;
        throw status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                new UsageException($"The server at {_http.BaseAddress} wants a key: set EmbeddedHost__Http__MasterKey as it is set there."),
            HttpStatusCode.NotFound or HttpStatusCode.BadRequest => new UsageException(message ?? $"The server at {_http.BaseAddress} answered {(int)status}."),
            _ => new RunsException(message ?? $"The server at {_http.BaseAddress} answered {(int)status}."),
        };
    }

    private static string? Message(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<ErrorAnswer>(body, PayloadJson.Options)?.Message;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record ManagedInstance(string InstanceId);

    private sealed record PurgeAnswer(int InstancesDeleted);
}
