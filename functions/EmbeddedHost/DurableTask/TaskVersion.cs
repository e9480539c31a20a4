namespace Microsoft.DurableTask;

/// <summary>The version of an orchestrator or activity; empty where none was given.</summary>
public readonly struct TaskVersion : IEquatable<TaskVersion>
{
    /// <summary>No version.</summary>
    public static readonly TaskVersion Unversioned = new(string.Empty);

    /// <summary>A version; null is none.</summary>
    public TaskVersion(string? version) => Version = version ?? string.Empty;

    /// <summary>The version's text.</summary>
    public string Version { get; }

    /// <summary>The version as a string.</summary>
    public static implicit operator string(TaskVersion value) => value.Version;

    /// <summary>Makes a version of a string.</summary>
    public static implicit operator TaskVersion(string? value) => new(value);

    /// <inheritdoc cref="Equals(TaskVersion)" />
    public static bool operator ==(TaskVersion a, TaskVersion b) => a.Equals(b);

    /// <summary>Whether two versions differ.</summary>
    public static bool operator !=(TaskVersion a, TaskVersion b) => !a.Equals(b);

    /// <summary>Whether two versions are the same but for case.</summary>
    public bool Equals(TaskVersion other) => string.Equals(Version ?? string.Empty, other.Version ?? string.Empty, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is TaskVersion other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Version ?? string.Empty);
}
