using System.Globalization;
using System.Runtime.CompilerServices;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Runs;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Looks whether raw files lie in rejected: nothing of them is in the tables.</summary>
internal sealed class RejectedFilesCheck(RejectedFiles rejected) : IDoctorCheck
{
    private const string Name = "rejected files";
    private const int Shown = 3;

    public string Group => "lake";

    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await FilesAsync(cancellationToken) is { Count: > 0 } files)
        {
            var message = string.Create(
                CultureInfo.InvariantCulture,
                $"{files.Count} raw {(files.Count == 1 ? "file is" : "files are")} set aside in {LakeKeys.Rejected}: {string.Join(", ", files.Take(Shown))}");
            yield return Finding.Warning(
                Name,
                files.Count > Shown ? message + ", …" : message + ".",
                $"The .error.json beside each says why. Mend it and move it to {LakeKeys.ToProcess}, or delete both.");
        }
    }

    // That the lake cannot be listed is told by its own check.
    private async Task<IReadOnlyCollection<string>> FilesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await rejected.ListAsync(cancellationToken);
        }
        catch (EtlException)
        {
            return [];
        }
    }
}
