using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EmbeddedHost.Http.Management;

/// <summary>The HTTP API of Durable Functions: starts instances, shows them and steers them.</summary>
internal sealed class ManagementApi(ManagedHub hub, ManagementLinks links, Waits waits)
{
    private readonly StartCalls _starts = new(hub, links, waits);
    private readonly StatusCalls _statuses = new(hub);
    private readonly ControlCalls _controls = new(hub);
    private readonly PurgeCalls _purges = new(hub);

    /// <summary>Adds the API's routes, which need the system key.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(ManagementLinks.BasePath);
        api.WithMetadata(new RequiredKey(AuthLevel.System));

        api.MapPost("/orchestrators/{function}/{id?}", InHub(_starts.StartAsync));
        api.MapPost("/instances/{id}/restart", InHub(_starts.RestartAsync));

        api.MapGet("/instances", InHub(_statuses.ListAsync));
        api.MapGet("/instances/{id}", InHub(_statuses.GetAsync));

        api.MapPost("/instances/{id}/raiseEvent/{event}", InHub(_controls.RaiseEventAsync));
        api.MapPost("/instances/{id}/terminate", InHub(_controls.TerminateAsync));
        api.MapPost("/instances/{id}/suspend", InHub(_controls.SuspendAsync));
        api.MapPost("/instances/{id}/resume", InHub(_controls.ResumeAsync));
        api.MapPost("/instances/{id}/rewind", InHub(_controls.RewindAsync));

        api.MapDelete("/instances", InHub(_purges.PurgeManyAsync));
        api.MapDelete("/instances/{id}", InHub(_purges.PurgeOneAsync));
    }

    // There is one task hub; what another one holds is not here.
    private RequestDelegate InHub(RequestDelegate call) => context =>
    {
        if (context.Request.Query["taskHub"].ToString() is { Length: > 0 } hub && !string.Equals(hub, links.TaskHub, StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return call(context);
    };
}
