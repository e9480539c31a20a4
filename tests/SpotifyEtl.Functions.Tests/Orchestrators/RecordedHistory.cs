using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DurableTask.Core.History;
using DurableTask.Sqlite;
using EmbeddedHost.Protocol;
using Google.Protobuf;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Grpc;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyEtl.Orchestrators;
using SpotifyEtl.Payloads;
using SpotifyEtl.Runs;
using P = Microsoft.DurableTask.Protobuf;

namespace SpotifyEtl.Functions.Tests.Orchestrators;

/// <summary>
/// What a worker was given for the last step of an orchestration, with all of its history, and what it answered: kept as the JSON of the
/// protocol's own messages, to be replayed by later code. What replays it, instances in flight survive.
/// </summary>
internal sealed class RecordedHistory
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Dictionary<string, Func<string, IServiceProvider, string>> s_orchestrators = new(StringComparer.Ordinal)
    {
        [nameof(RunEtl)] = (request, services) => GrpcOrchestrationRunner.LoadAndRun<RunRequest,
        RunResult>(request, async (context, _) => await RunEtl.RunAsync(context), services),
        [nameof(ProcessFiles)] = (request, services) => GrpcOrchestrationRunner.LoadAndRun<FileBatch,
        BatchResult>(request, async (context, _) => await ProcessFiles.RunAsync(context), services),
        [nameof(RefreshCrawler)] = (request, services) => GrpcOrchestrationRunner.LoadAndRun<RefreshCrawlerRequest,
        CrawlerResult>(request, async (context, _) => await RefreshCrawler.RunAsync(context), services),
    };

    private readonly P.OrchestratorRequest _request;
    private readonly P.OrchestratorResponse _answer;

    private RecordedHistory(string orchestrator, P.OrchestratorRequest request, P.OrchestratorResponse answer)
    {
        Orchestrator = orchestrator;
        _request = request;
        _answer = answer;
    }

    public static IEnumerable<string> Orchestrators => s_orchestrators.Keys;

    public string Orchestrator { get; }

    /// <summary>The history of an ended instance.</summary>
    public static async Task<RecordedHistory> OfAsync(SqliteOrchestrationService service, string instanceId)
    {
        var events = await service.ReadHistoryAsync(instanceId);
        var started = events.OfType<ExecutionStartedEvent>().Single();
        var lastStep = events.ToList().FindLastIndex(one => one is OrchestratorStartedEvent);
        var request = OrchestratorRequests.Create(
            started.OrchestrationInstance, events.Take(lastStep), events.Skip(lastStep).Where(IsGiven), new OrchestratorRequestOptions(), session: null);
        var ended = events.OfType<ExecutionCompletedEvent>().Single();
        P.OrchestratorResponse answer = new() { InstanceId = instanceId };
        answer.Actions.Add(new P.OrchestratorAction
        {
            CompleteOrchestration = new P.CompleteOrchestrationAction
            {
                OrchestrationStatus = ended.OrchestrationStatus.ToProto(),
                Result = ended.Result,
                FailureDetails = ended.FailureDetails.ToProto(),
            },
        });
        return new RecordedHistory(started.Name, request, answer);
    }

    public static RecordedHistory Parse(string json)
    {
        var recording = JsonNode.Parse(json)!;
        return new RecordedHistory(
            (string)recording["orchestrator"]!,
            JsonParser.Default.Parse<P.OrchestratorRequest>(recording["request"]!.ToJsonString()),
            JsonParser.Default.Parse<P.OrchestratorResponse>(recording["answer"]!.ToJsonString()));
    }

    public string ToJson() => new JsonObject
    {
        ["orchestrator"] = Orchestrator,
        ["request"] = JsonNode.Parse(JsonFormatter.Default.Format(_request)),
        ["answer"] = JsonNode.Parse(JsonFormatter.Default.Format(_answer)),
    }.ToJsonString(s_json) + "\n";

    /// <summary>Lets today's code, or that of another orchestrator, do what the history says that it did.</summary>
    /// <exception cref="InvalidOperationException">It ends otherwise: the message says how.</exception>
    public void Replay(string? orchestrator = null)
    {
        using var services = new ServiceCollection()
            .AddSingleton(
                new DurableTaskShimFactory(
                    new DurableTaskWorkerOptions { DataConverter = new JsonDataConverter(PayloadJson.Options) }, NullLoggerFactory.Instance))
            .BuildServiceProvider();
        var replayed = Base64Message.FromBase64<P.OrchestratorResponse>(s_orchestrators[orchestrator ?? Orchestrator](_request.ToBase64(), services));

        var (recorded, now) = (Ending(_answer), Ending(replayed));
        if (recorded.How != now.How || !Has(now.Result, recorded.Result))
        {
            throw new InvalidOperationException($"'{Orchestrator}' was recorded to end with {recorded}; the code, replayed, ended with {now}.");
        }
    }

    /// <summary>Whether a result has all that was recorded of it: results may gain fields, as when there are more tables to count.</summary>
    private static bool Has(JsonNode? now, JsonNode? recorded) => (now, recorded) switch
    {
        (JsonObject given, JsonObject wanted) => wanted.All(field => given.ContainsKey(field.Key) && Has(given[field.Key], field.Value)),
        (JsonArray given, JsonArray wanted) => given.Count == wanted.Count && wanted.Index().All(entry => Has(given[entry.Index], entry.Item)),
        _ => JsonNode.DeepEquals(now, recorded),
    };

    private static bool IsGiven(HistoryEvent one) => one is not (
        TaskScheduledEvent or TimerCreatedEvent or SubOrchestrationInstanceCreatedEvent or EventSentEvent or ExecutionCompletedEvent
        or OrchestratorCompletedEvent);

    private static (string How, JsonNode? Result) Ending(P.OrchestratorResponse answer) => answer.Actions switch
    {
        [{ CompleteOrchestration: { FailureDetails: { } failure } end }] => ($"{end.OrchestrationStatus} {failure.ErrorType}: {failure.ErrorMessage}", null),
        [{ CompleteOrchestration: { } end }] => ($"{end.OrchestrationStatus}", end.Result is { Length: > 0 } result ? JsonNode.Parse(result) : null),
        var other => ($"{other.Count} actions: {other}", null),
    };
}
