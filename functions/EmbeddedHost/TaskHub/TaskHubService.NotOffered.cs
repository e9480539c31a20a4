using Grpc.Core;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.TaskHub;

/// <summary>What a function app never calls, or calls for features that this host does not have: refused by name.</summary>
internal sealed partial class TaskHubService
{
    public override Task<P.CreateTaskHubResponse> CreateTaskHub(P.CreateTaskHubRequest request, ServerCallContext context) => request.RecreateIfExists
        ? throw TaskHubRefusal.HubInUse(nameof(CreateTaskHub), options.HubName)
        : Task.FromResult(new P.CreateTaskHubResponse());

    public override Task<P.DeleteTaskHubResponse> DeleteTaskHub(P.DeleteTaskHubRequest request, ServerCallContext context) =>
        throw TaskHubRefusal.HubInUse(nameof(DeleteTaskHub), options.HubName);

    public override Task<P.SignalEntityResponse> SignalEntity(P.SignalEntityRequest request, ServerCallContext context) =>
        throw TaskHubRefusal.NoEntities(nameof(SignalEntity));

    public override Task<P.GetEntityResponse> GetEntity(P.GetEntityRequest request, ServerCallContext context) =>
        throw TaskHubRefusal.NoEntities(nameof(GetEntity));

    public override Task<P.QueryEntitiesResponse> QueryEntities(P.QueryEntitiesRequest request, ServerCallContext context) =>
        throw TaskHubRefusal.NoEntities(nameof(QueryEntities));

    public override Task<P.CleanEntityStorageResponse> CleanEntityStorage(P.CleanEntityStorageRequest request, ServerCallContext context) =>
        throw TaskHubRefusal.NoEntities(nameof(CleanEntityStorage));

    public override Task GetWorkItems(P.GetWorkItemsRequest request, IServerStreamWriter<P.WorkItem> responseStream, ServerCallContext context) =>
        throw TaskHubRefusal.NotOffered(nameof(GetWorkItems));

    public override Task<P.CompleteTaskResponse> CompleteActivityTask(P.ActivityResponse request, ServerCallContext context) =>
        throw TaskHubRefusal.NotOffered(nameof(CompleteActivityTask));

    public override Task<P.CompleteTaskResponse> CompleteOrchestratorTask(P.OrchestratorResponse request, ServerCallContext context) =>
        throw TaskHubRefusal.NotOffered(nameof(CompleteOrchestratorTask));

    public override Task<P.CompleteTaskResponse> CompleteEntityTask(P.EntityBatchResult request, ServerCallContext context) =>
        throw TaskHubRefusal.NotOffered(nameof(CompleteEntityTask));

    public override Task<P.AbandonActivityTaskResponse> AbandonTaskActivityWorkItem(P.AbandonActivityTaskRequest request, ServerCallContext context) =>
        throw TaskHubRefusal.NotOffered(nameof(AbandonTaskActivityWorkItem));

    public override Task<P.AbandonOrchestrationTaskResponse> AbandonTaskOrchestratorWorkItem(
        P.AbandonOrchestrationTaskRequest request, ServerCallContext context) =>
        throw TaskHubRefusal.NotOffered(nameof(AbandonTaskOrchestratorWorkItem));

    public override Task<P.AbandonEntityTaskResponse> AbandonTaskEntityWorkItem(P.AbandonEntityTaskRequest request, ServerCallContext context) =>
        throw TaskHubRefusal.NotOffered(nameof(AbandonTaskEntityWorkItem));

    public override Task<P.SkipGracefulOrchestrationTerminationsResponse> SkipGracefulOrchestrationTerminations(
        P.SkipGracefulOrchestrationTerminationsRequest request, ServerCallContext context) =>
        throw TaskHubRefusal.NotOffered(nameof(SkipGracefulOrchestrationTerminations));
}
