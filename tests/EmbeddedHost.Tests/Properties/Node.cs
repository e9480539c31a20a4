using System.Text.Json;
using System.Text.Json.Serialization;

namespace EmbeddedHost.Tests.Properties;

/// <summary>A piece of a made-up orchestration: data only, so that it can be shrunk and be an orchestration's input.</summary>
[JsonDerivedType(typeof(Call), nameof(Call))]
[JsonDerivedType(typeof(Pause), nameof(Pause))]
[JsonDerivedType(typeof(Await), nameof(Await))]
[JsonDerivedType(typeof(Child), nameof(Child))]
[JsonDerivedType(typeof(InTurn), nameof(InTurn))]
[JsonDerivedType(typeof(AllOf), nameof(AllOf))]
[JsonDerivedType(typeof(FirstOf), nameof(FirstOf))]
[JsonDerivedType(typeof(Catch), nameof(Catch))]
[JsonDerivedType(typeof(Fail), nameof(Fail))]
[JsonDerivedType(typeof(Show), nameof(Show))]
[JsonDerivedType(typeof(Identify), nameof(Identify))]
[JsonDerivedType(typeof(Send), nameof(Send))]
public abstract record Node
{
    /// <summary>The pieces it is made of.</summary>
    [JsonIgnore]
    public virtual IReadOnlyList<Node> Parts => [];
}

/// <summary>An activity whose first attempts fail.</summary>
public sealed record Call(int Failures, int Attempts) : Node;

/// <summary>A timer.</summary>
public sealed record Pause : Node;

/// <summary>The wait for an event, with or without a time limit.</summary>
public sealed record Await(string Name, bool Limited) : Node;

/// <summary>A sub-orchestration.</summary>
public sealed record Child(Node Body, int Attempts) : Node
{
    [JsonIgnore]
    public override IReadOnlyList<Node> Parts => [Body];
}

/// <summary>One after another.</summary>
public sealed record InTurn(IReadOnlyList<Node> Nodes) : Node
{
    [JsonIgnore]
    public override IReadOnlyList<Node> Parts => Nodes;
}

/// <summary>Side by side, until all have ended.</summary>
public sealed record AllOf(IReadOnlyList<Node> Nodes) : Node
{
    [JsonIgnore]
    public override IReadOnlyList<Node> Parts => Nodes;
}

/// <summary>Side by side, until one has ended.</summary>
public sealed record FirstOf(IReadOnlyList<Node> Nodes) : Node
{
    [JsonIgnore]
    public override IReadOnlyList<Node> Parts => Nodes;
}

/// <summary>Whose failure is caught.</summary>
public sealed record Catch(Node Body) : Node
{
    [JsonIgnore]
    public override IReadOnlyList<Node> Parts => [Body];
}

/// <summary>An exception.</summary>
public sealed record Fail : Node;

/// <summary>Sets the custom status.</summary>
public sealed record Show : Node;

/// <summary>Notes new identifiers and the time.</summary>
public sealed record Identify : Node;

/// <summary>Sends an event to itself or to the outermost orchestration.</summary>
public sealed record Send(string Name, bool ToRoot) : Node;

/// <summary>An orchestration: it runs its body, and begins anew so many times.</summary>
public sealed record Plan(Node Body, int Rounds, bool KeepsEvents, string Before = "")
{
    public string ToJson() => JsonSerializer.Serialize(this);

    public static Plan Parse(string json) => JsonSerializer.Deserialize<Plan>(json)!;
}
