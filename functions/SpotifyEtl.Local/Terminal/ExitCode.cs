namespace SpotifyEtl.Local.Terminal;

/// <summary>What the program ends with.</summary>
internal static class ExitCode
{
    public const int Succeeded = 0;

    /// <summary>The run, or what was asked for, failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line or a setting is wrong: nothing was done.</summary>
    public const int Usage = 2;
}
