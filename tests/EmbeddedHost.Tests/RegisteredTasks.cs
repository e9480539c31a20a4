using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests;

/// <summary>Makes a worker whose functions are the tasks of a registry; none were generated at build.</summary>
internal static class RegisteredTasks
{
    public static void AddRegisteredTasks(this FunctionsApplicationBuilder builder, Action<DurableTaskRegistry> tasks)
    {
        builder.ConfigureDurableExtension().ConfigureDurableWorker().AddTasks(tasks);
        builder.Services.AddSingleton<IFunctionMetadataProvider, NoneGenerated>();
    }

    private sealed class NoneGenerated : IFunctionMetadataProvider
    {
        public Task<ImmutableArray<IFunctionMetadata>> GetFunctionMetadataAsync(string directory) => Task.FromResult<ImmutableArray<IFunctionMetadata>>([]);
    }
}
