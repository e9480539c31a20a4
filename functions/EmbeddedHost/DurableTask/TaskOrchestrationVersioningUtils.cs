namespace Microsoft.DurableTask.Abstractions;

/// <summary>Compares versions of orchestrators.</summary>
public static class TaskOrchestrationVersioningUtils
{
    /// <summary>Below zero if the first is older, above if newer, zero if the same. No version is older than any; versions that both parse as such are compared as such, others as text, case aside.</summary>
    public static int CompareVersions(string sourceVersion, string otherVersion)
    {
        var (noSource, noOther) = (string.IsNullOrWhiteSpace(sourceVersion), string.IsNullOrWhiteSpace(otherVersion));
        if (noSource || noOther)
        {
            return noOther.CompareTo(noSource);
        }

        return System.Version.TryParse(sourceVersion, out var source) && System.Version.TryParse(otherVersion, out var other)
            ? source.CompareTo(other)
            : string.Compare(sourceVersion, otherVersion, StringComparison.OrdinalIgnoreCase);
    }
}
