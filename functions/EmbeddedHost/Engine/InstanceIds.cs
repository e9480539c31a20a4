namespace EmbeddedHost.Engine;

/// <summary>Which ids an instance may have: those that the management API can name in its routes.</summary>
internal static class InstanceIds
{
    /// <summary>What is wrong with an id, or null.</summary>
    public static string? Problem(string id) => id.StartsWith('@') || id.Any(letter => letter is '/' or '\\' or '#' or '?' || char.IsControl(letter))
        ? $"The instance ID '{id}' is not allowed: it must not hold / \\ # ? or control characters, nor begin with @."
        : null;

    /// <exception cref="ArgumentException">The id is not allowed.</exception>
    public static string Require(string instanceId) => Problem(instanceId) is { } problem ? throw new ArgumentException(problem, nameof(instanceId)) : instanceId;
}
