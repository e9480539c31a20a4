using SpotifyEtl.Health;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Report;

/// <summary>How it stands with a lake, beside what its tables hold.</summary>
/// <param name="Runs">Its last runs, the newest first; none when none has left its record.</param>
/// <param name="Health">How old the last good run is, and may be.</param>
/// <param name="SetAside">The raw files that lie in rejected.</param>
public sealed record LakeCondition(IReadOnlyList<RunResult> Runs, HealthReport Health, IReadOnlyCollection<string> SetAside);
