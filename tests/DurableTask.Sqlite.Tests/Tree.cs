using FsCheck;
using FsCheck.Fluent;

namespace DurableTask.Sqlite.Tests;

/// <summary>What an orchestration does, for tests that try many: parts one after another or side by side.</summary>
public sealed record Tree(TreeKind Kind, IReadOnlyList<Tree> Parts)
{
    private static readonly Gen<Tree> s_leaf = Gen.Elements(TreeKind.Activity, TreeKind.Timer, TreeKind.Failure).Select(kind => new Tree(kind, []));

    /// <summary>Arbitrary trees, for FsCheck.</summary>
    public static Arbitrary<Tree> Trees() => Arb.From(Gen.Sized(size => Sized(Math.Min(size, 12))), tree => tree.Parts.Concat(Shrunk(tree)));

    private static Gen<Tree> Sized(int size) => size < 2
        ? s_leaf
        : Gen.OneOf(
            s_leaf,
            from kind in Gen.Elements(TreeKind.Sequence, TreeKind.Parallel, TreeKind.Child)
            from count in Gen.Choose(1, 3)
            from parts in Sized(size / (count + 1)).ListOf(count)
            select new Tree(kind, [.. parts]));

    private static IEnumerable<Tree> Shrunk(Tree tree) =>
        tree.Parts.Count < 2 ? [] : Enumerable.Range(0, tree.Parts.Count).Select(left => tree with { Parts = [.. tree.Parts.Where((_, i) => i != left)] });
}

/// <summary>What a part of a <see cref="Tree"/> is.</summary>
public enum TreeKind
{
    /// <summary>An activity.</summary>
    Activity,

    /// <summary>An activity that fails, and is caught.</summary>
    Failure,

    /// <summary>A timer that is due at once.</summary>
    Timer,

    /// <summary>Parts one after another.</summary>
    Sequence,

    /// <summary>Parts side by side.</summary>
    Parallel,

    /// <summary>A sub-orchestration of these parts, one after another.</summary>
    Child,
}
