namespace SpotifyEtl.Local.Doctor;

/// <summary>Looks at one of the things that runs need.</summary>
internal interface IDoctorCheck
{
    /// <summary>Looks, and tells what it found as it finds it.</summary>
    IAsyncEnumerable<Finding> RunAsync(CancellationToken cancellationToken);
}
