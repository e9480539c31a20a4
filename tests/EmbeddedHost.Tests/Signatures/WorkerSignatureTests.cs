using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Tests.Signatures;

/// <summary>
/// What compiles against this assembly compiles against the packages of the isolated worker: the listing beside this file has the public
/// members of Microsoft.Azure.Functions.Worker 2.52.0 and its extensions for timers, HTTP and Durable Functions.
/// </summary>
public sealed class WorkerSignatureTests
{
    private static readonly string[] s_listed = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Signatures", "functions-worker.txt"));

    [Fact]
    public void No_public_member_is_here_that_the_packages_do_not_have()
    {
        string[] ours =
        [
            .. PublicSignatures.Of(typeof(FunctionContext).Assembly, "Microsoft.Azure", isAnnotated: true),
            .. PublicSignatures.Of(typeof(FunctionContext).Assembly, "Microsoft.Extensions", isAnnotated: true),
        ];

        Assert.NotEmpty(ours);
        Assert.Equal(string.Empty, string.Join(Environment.NewLine, ours.Except(s_listed)));
    }
}
