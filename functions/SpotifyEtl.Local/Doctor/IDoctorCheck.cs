namespace SpotifyEtl.Local.Doctor;

/// <summary>Looks at one of the things that runs need.</summary>
internal interface IDoctorCheck
{
    /// <summary>What it belongs to: the findings of a group, whose checks follow one another, are shown together.</summary>
    string Group { get; }

    /// <summary>Looks, and tells what it found as it finds it.</summary>
    IAsyncEnumerable<Finding> RunAsync(CancellationToken cancellationToken);
}
