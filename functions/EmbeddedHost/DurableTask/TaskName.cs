namespace Microsoft.DurableTask;

/// <summary>The name of an orchestrator or activity. Compared without regard to case, as the host does.</summary>
public readonly struct TaskName : IEquatable<TaskName>
{
    /// <summary>A name; null makes the default, empty name.</summary>
    public TaskName(string name)
    {
        Name = name;
#pragma warning disable CS0618 // Kept because the packages have it.
        Version = name is null ? null! : string.Empty;
#pragma warning restore CS0618
    }

    /// <summary>The name as it was given.</summary>
    public string Name { get; }

    /// <summary>Empty: names carry no version.</summary>
    [Obsolete("Refer to TaskVersion instead.")]
    public string Version { get; }

    /// <summary>Makes a name of a string.</summary>
    public static implicit operator TaskName(string value) => new(value);

    /// <summary>The name as a string.</summary>
    public static implicit operator string(TaskName value) => value.Name;

    /// <inheritdoc cref="Equals(TaskName)" />
    public static bool operator ==(TaskName a, TaskName b) => a.Equals(b);

    /// <summary>Whether two names differ.</summary>
    public static bool operator !=(TaskName a, TaskName b) => !a.Equals(b);

    /// <summary>Whether two names are the same but for case.</summary>
    public bool Equals(TaskName other) => string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is TaskName other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => Name is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(Name);

    /// <inheritdoc />
    public override string ToString() => Name ?? string.Empty;
}
