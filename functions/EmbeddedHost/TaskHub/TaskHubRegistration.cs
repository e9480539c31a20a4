using DurableTask.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EmbeddedHost.TaskHub;

internal static class TaskHubRegistration
{
    /// <summary>Makes <see cref="TaskHubService"/> ready for <c>MapGrpcService</c>.</summary>
    public static IServiceCollection AddTaskHub(this IServiceCollection services, SqliteOrchestrationService store, TaskHubOptions options)
    {
        services.AddSingleton(store);
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<TaskHubService>();
        services.AddSingleton<TaskHubInterceptor>();
        services.AddGrpc().AddServiceOptions<TaskHubService>(grpc =>
        {
            // Inputs, outputs and histories are as large as the app makes them.
            grpc.MaxReceiveMessageSize = null;
            grpc.MaxSendMessageSize = null;
            grpc.Interceptors.Add<TaskHubInterceptor>();
        });
        return services;
    }
}
