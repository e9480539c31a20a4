using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Signatures;

/// <summary>
/// What compiles against this assembly compiles against the packages that it stands in for, and the other way round: the listing beside this
/// file has the public members of Microsoft.DurableTask 1.25.0, its client and its test host.
/// </summary>
public sealed class SignatureTests
{
    // They set up a connection to a service elsewhere: here the host itself has the client.
    private static readonly string[] s_typesNotOffered =
        ["Microsoft.DurableTask.Client.DurableTaskClientOptions", "Microsoft.DurableTask.Client.ServiceCollectionExtensions"];

    private static readonly string[] s_listed = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Signatures", "durable-task.txt"));

    // The types of entities are there to be named in the refusal, no more.
    private static readonly string[] s_ours = [.. typeof(DurableTaskClient).Assembly.GetExportedTypes()
        .Where(type => type.Namespace!.StartsWith("Microsoft.DurableTask", StringComparison.Ordinal) && !type.Namespace.EndsWith(".Entities", StringComparison.Ordinal))
        .SelectMany(PublicSignatures.Of)];

    [Fact]
    public void Every_member_of_the_packages_is_here()
    {
        var missing = s_listed.Except(s_ours).Where(member => !s_typesNotOffered.Contains(member.Split(" :: ")[0]));

        Assert.NotEmpty(s_listed);
        Assert.Empty(missing);
    }

    [Fact]
    public void No_public_member_is_here_that_the_packages_do_not_have() => Assert.Empty(s_ours.Except(s_listed));

    [Fact]
    public void What_is_said_not_to_be_offered_is_listed_and_not_here()
    {
        Assert.All(s_typesNotOffered, type =>
        {
            Assert.Contains(s_listed, member => member.StartsWith(type + " ::", StringComparison.Ordinal));
            Assert.Null(typeof(DurableTaskClient).Assembly.GetType(type));
        });
    }
}
