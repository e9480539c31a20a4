using EmbeddedHost.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Tests;

internal static class LostHost
{
    /// <summary>
    /// Ends a host as if its process had been killed: what runs is left where it is. Faster than a stop, in which the framework's dispatchers
    /// look once a second whether they are done.
    /// </summary>
    public static async Task LoseAsync(this IHost host)
    {
        await host.Services.GetRequiredService<WorkerGateway>().CloseAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
