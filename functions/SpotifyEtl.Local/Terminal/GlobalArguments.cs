namespace SpotifyEtl.Local.Terminal;

/// <summary>What every verb was given.</summary>
/// <param name="Shell">What the program was called from.</param>
/// <param name="Lake">The lake; null: as the settings say.</param>
/// <param name="State">The state folder; null: the one that goes with the lake.</param>
/// <param name="Verbose">Whether to log what happens.</param>
internal sealed record GlobalArguments(Shell Shell, string? Lake, string? State, bool Verbose);
