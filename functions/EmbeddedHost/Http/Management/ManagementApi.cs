using EmbeddedHost.Hosting;
using Microsoft.AspNetCore.Routing;

namespace EmbeddedHost.Http.Management;

internal static class ManagementApi
{
    public static void Map(IEndpointRouteBuilder routes, DurableRuntime runtime, AccessKeys keys)
    {
    }
}
