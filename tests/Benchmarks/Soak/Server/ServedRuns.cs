using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Benchmarks.Soak.Server;

/// <summary>The runs of a served program, by HTTP.</summary>
internal sealed class ServedRuns(HttpClient http)
{
    /// <summary>Starts a run.</summary>
    /// <returns>Its id; null and what was answered when it was refused.</returns>
    public async Task<(string? RunId, string Answer)> StartAsync(IReadOnlyList<string> playlists, bool force)
    {
        using var started = await http.PostAsJsonAsync("api/runs", new { playlists, force });
        var text = await started.Content.ReadAsStringAsync();
        return (started.IsSuccessStatusCode ? (string?)JsonNode.Parse(text)!["runId"] : null, $"{(int)started.StatusCode} {text}");
    }

    /// <summary>Waits until a run has ended.</summary>
    /// <returns>The run; null when the time is up.</returns>
    public async Task<JsonObject?> WaitAsync(string runId, TimeSpan patience)
    {
        using CancellationTokenSource limit = new(patience);
        using PeriodicTimer poll = new(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var run = (await http.GetFromJsonAsync<JsonObject>("api/runs/" + runId))!;
            if ((string?)run["status"] is not ("Pending" or "Running"))
            {
                return run;
            }

            try
            {
                await poll.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }

    /// <summary>Runs to the end.</summary>
    /// <returns>What is wrong with it, if it did not load, or without force skip, every playlist; else null.</returns>
    public async Task<string?> RunAsync(IReadOnlyList<string> playlists, bool force, TimeSpan patience)
    {
        var (runId, answer) = await StartAsync(playlists, force);
        if (runId is null)
        {
            return $"it was answered {answer}";
        }

        var run = await WaitAsync(runId, patience);
        return run switch
        {
            null => $"{runId} has not ended within {patience}",
            _ when (string?)run["status"] != "Completed" => $"{runId} ended as {run["status"]}: {run["failure"]}",
            _ when run["result"]!["playlists"]!.AsArray()
                .Count(playlist => (string?)playlist!["status"] == (force ? "Loaded" : "Skipped")) != playlists.Count =>
                $"{runId}: {run["result"]!["playlists"]}",
            _ => null,
        };
    }
}
