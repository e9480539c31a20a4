using FsCheck;
using FsCheck.Fluent;

namespace EmbeddedHost.Tests.Properties;

/// <summary>A plan, and the seed of the order in which things happen to it.</summary>
public sealed record PlanCase(Plan Plan, int Seed)
{
    public override string ToString() => $"seed {Seed}: {Plan.ToJson()}";
}

/// <summary>Makes plans, and smaller ones of those that fail.</summary>
public static class Plans
{
    private const int Depth = 3;

    public static Arbitrary<PlanCase> Case()
    {
        var generator =
            from body in Tree(Depth)
            from rounds in Gen.Choose(0, 4)
            from keepsEvents in Gen.Choose(0, 3)
            from seed in Gen.Choose(1, 1_000_000)
            select new PlanCase(new Plan(body, Math.Max(0, rounds - 2), keepsEvents > 0), seed);
        return Arb.From(generator, Smaller);
    }

    private static Gen<Node> Tree(int depth) => depth == 0 ? Leaf() : Gen.Frequency(
        (2, Leaf()),
        (2, Nodes(depth).Select(Node (nodes) => new InTurn(nodes))),
        (3, Nodes(depth).Select(Node (nodes) => new AllOf(nodes))),
        (2, Nodes(depth).Select(Node (nodes) => new FirstOf(nodes))),
        (2, from body in Tree(depth - 1) from attempts in Gen.Choose(1, 2) select (Node)new Child(body, attempts)),
        (2, Tree(depth - 1).Select(Node (body) => new Catch(body))));

    private static Gen<Node[]> Nodes(int depth) => from count in Gen.Choose(1, 3) from nodes in Tree(depth - 1).ArrayOf(count) select nodes;

    private static Gen<Node> Leaf() => Gen.Frequency(
        (5, from failures in Gen.Choose(0, 2) from attempts in Gen.Choose(1, 3) select (Node)new Call(failures, attempts)),
        (2, Gen.Constant<Node>(new Pause())),
        (3, from name in Gen.Elements("a", "b") from limited in Gen.Elements(true, false) select (Node)new Await(name, limited)),
        (1, Gen.Constant<Node>(new Fail())),
        (1, Gen.Constant<Node>(new Show())),
        (1, Gen.Constant<Node>(new Identify())),
        (2, from name in Gen.Elements("a", "b") from toRoot in Gen.Elements(true, false) select (Node)new Send(name, toRoot)));

    private static IEnumerable<PlanCase> Smaller(PlanCase given)
    {
        foreach (var body in Smaller(given.Plan.Body))
        {
            yield return given with { Plan = given.Plan with { Body = body } };
        }

        if (given.Plan.Rounds > 0)
        {
            yield return given with { Plan = given.Plan with { Rounds = given.Plan.Rounds - 1 } };
        }

        if (given.Seed > 1)
        {
            yield return given with { Seed = given.Seed / 2 };
        }
    }

    private static IEnumerable<Node> Smaller(Node node) => node switch
    {
        Call { Failures: > 0 } call => [call with { Failures = 0 }],
        Call { Attempts: > 1 } call => [call with { Attempts = 1 }],
        Call or Show => [],
        Child child => [child.Body, .. Smaller(child.Body).Select(body => child with { Body = body })],
        Catch attempt => [attempt.Body, .. Smaller(attempt.Body).Select(body => attempt with { Body = body })],
        InTurn turns => [.. turns.Nodes, .. SmallerLists(turns.Nodes).Select(nodes => new InTurn(nodes))],
        AllOf all => [.. all.Nodes, .. SmallerLists(all.Nodes).Select(nodes => new AllOf(nodes))],
        FirstOf first => [.. first.Nodes, .. SmallerLists(first.Nodes).Select(nodes => new FirstOf(nodes))],
        _ => [new Show()],
    };

    private static IEnumerable<IReadOnlyList<Node>> SmallerLists(IReadOnlyList<Node> nodes)
    {
        for (var i = 0; i < nodes.Count; i++)
        {
            if (nodes.Count > 1)
            {
                yield return [.. nodes.Take(i), .. nodes.Skip(i + 1)];
            }

            foreach (var smaller in Smaller(nodes[i]))
            {
                yield return [.. nodes.Take(i), smaller, .. nodes.Skip(i + 1)];
            }
        }
    }
}
