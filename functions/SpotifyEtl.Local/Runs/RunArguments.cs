namespace SpotifyEtl.Local.Runs;

/// <summary>What <c>run</c> was given.</summary>
internal sealed record RunArguments(IReadOnlyList<string> Playlists, IReadOnlyList<string> Raw, bool Force, bool Json);
