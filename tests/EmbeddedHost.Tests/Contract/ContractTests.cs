using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Contract;

/// <summary>
/// What the tests of this folder share. They say what Durable Functions promises, are written to the public API of its packages alone, and
/// run on this host and on Microsoft's own.
/// </summary>
public abstract class ContractTests(HostKind kind) : IDisposable
{
    // What hangs is a failure and not a run without an end.
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    /// <summary>Whether this is Microsoft's test host.</summary>
    protected bool IsJudge => kind is HostKind.Judge;

    protected CancellationToken Cancellation => _limit.Token;

    public void Dispose()
    {
        _limit.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether orchestrations stay in memory between their steps.</summary>
    protected bool InSessions => kind is HostKind.Sessions;

    /// <summary>Where the documentation promises what Microsoft's test host does not do, the test is not for it.</summary>
    /// <param name="because">What the test host does instead.</param>
    protected void NotOnTheJudge(string because) => Assert.SkipWhen(IsJudge, because);

    /// <summary>A call of the client that its token ends: some say so by their own exception, some by that of the protocol.</summary>
    protected static async Task CancelledAsync(Func<Task> call)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(call);
        Assert.True(exception is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled }, exception.ToString());
    }

    /// <summary>A call that the host refuses, by the protocol's status code.</summary>
    protected static async Task RefusedAsync(StatusCode code, string message, Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(code, exception.StatusCode);
        Assert.Contains(message, exception.Status.Detail, StringComparison.Ordinal);
    }

    internal Task<ContractHost> StartAsync(Action<DurableTaskRegistry> tasks, Action<IServiceCollection>? services = null)
    {
        _limit.CancelAfter(TimeSpan.FromSeconds(20));
        return ContractHost.StartAsync(kind, tasks, services, Cancellation);
    }

    /// <summary>A host with <c>Waits</c>, which ends with the payload of the event <c>go</c>, <c>Echo</c>, which returns its input, and <c>Fails</c>.</summary>
    internal Task<ContractHost> StartStandardAsync(Action<DurableTaskRegistry>? more = null) => StartAsync(tasks =>
    {
        tasks
            .AddOrchestratorFunc<string?>("Waits", context => context.WaitForExternalEvent<string?>("go"))
            .AddOrchestratorFunc<string?, string?>("Echo", (_, input) => input)
            .AddOrchestratorFunc<string?, string?>("Fails", string? (_, input) => throw new InvalidOperationException(input ?? "no"));
        more?.Invoke(tasks);
    });
}
