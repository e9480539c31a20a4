using System.Net;
using System.Text;
using System.Text.Json;

namespace EmbeddedHost.Tests.Hosting;

/// <summary>Calls of a program's management API.</summary>
internal static class ManagementCalls
{
    private const string Api = "/runtime/webhooks/durabletask";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<HttpResponseMessage> PostAsync(this HostProgram program, string path, string json)
    {
        using StringContent content = new(json, Encoding.UTF8, "application/json");
        return (await program.Http.PostAsync(path, content, Cancellation)).EnsureSuccessStatusCode();
    }

    /// <summary>Starts an instance.</summary>
    public static async Task BeginAsync(this HostProgram program, string orchestrator, string id, object? input)
    {
        using var response = await PostAsync(program, $"{Api}/orchestrators/{orchestrator}/{id}", JsonSerializer.Serialize(input));
    }

    /// <summary>Waits until an instance has ended, and gives its status.</summary>
    public static async Task<JsonElement> EndOfAsync(this HostProgram program, string id)
    {
        JsonElement status = default;
        await Until.HoldsAsync(async () =>
        {
            using var response = await program.Http.GetAsync($"{Api}/instances/{id}", Cancellation);
            status = JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation));
            return response.StatusCode is HttpStatusCode.OK;
        });
        return status;
    }

    /// <summary>The functions that an instance has called and had an answer from.</summary>
    public static async Task<IEnumerable<string?>> CompletedAsync(this HostProgram program, string id) =>
        JsonElement.Parse(await program.Http.GetStringAsync($"{Api}/instances/{id}?showHistory=true", Cancellation))
            .GetProperty("historyEvents").EnumerateArray()
            .Where(one => one.GetProperty("EventType").GetString() is "TaskCompleted" or "SubOrchestrationInstanceCompleted")
            .Select(one => one.GetProperty("FunctionName").GetString());
}
