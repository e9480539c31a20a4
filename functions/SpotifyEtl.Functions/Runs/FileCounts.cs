using System.Text.Json.Serialization;

namespace SpotifyEtl.Runs;

/// <summary>How many raw files were transformed, set aside, and left in to_process because a step failed.</summary>
public sealed record FileCounts(int Transformed, int Rejected, int Failed)
{
    public static readonly FileCounts None = new(0, 0, 0);

    /// <summary>How many there are of which it is known what became of them.</summary>
    [JsonIgnore]
    public int Ended => Transformed + Rejected + Failed;

    public static FileCounts operator +(FileCounts a, FileCounts b) => new(a.Transformed + b.Transformed, a.Rejected + b.Rejected, a.Failed + b.Failed);
}
