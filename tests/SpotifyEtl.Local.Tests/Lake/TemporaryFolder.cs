namespace SpotifyEtl.Local.Tests.Lake;

/// <summary>A folder of its own for a test, deleted at the end.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("spotify-etl-tests-").FullName;

    public string File(string relativePath) => Path.Combine(FullPath, relativePath);

    public void Dispose()
    {
        Directory.Delete(FullPath, recursive: true);
        GC.SuppressFinalize(this);
    }
}
