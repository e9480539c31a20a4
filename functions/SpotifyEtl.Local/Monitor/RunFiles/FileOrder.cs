namespace SpotifyEtl.Local.Monitor.RunFiles;

/// <summary>What the files of a run can be ordered by.</summary>
public enum FileOrder
{
    /// <summary>What went wrong: rejected files, then those with the most rejected rows, then those that lack rows.</summary>
    Trouble,

    Name,

    Rows,

    Rejects,

    /// <summary>How long the transform took.</summary>
    Elapsed,
}
