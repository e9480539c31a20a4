namespace EmbeddedHost.TaskHub;

/// <summary>What the app's host.json says about its task hub.</summary>
internal sealed record TaskHubOptions
{
    /// <summary>The hub's name; a call that names another hub is refused.</summary>
    public required string HubName { get; init; }

    /// <summary>The version of an instance whose starter names none (<c>defaultVersion</c>).</summary>
    public string? DefaultVersion { get; init; }

    /// <summary>Whether a start may replace an instance that still runs (<c>overridableExistingInstanceStates: AnyState</c>). Default: false.</summary>
    public bool ReplaceLiveInstances { get; init; }
}
