using System.Globalization;
using System.Runtime.CompilerServices;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Looks whether raw files lie in rejected: nothing of them is in the tables.</summary>
internal sealed class RejectedFilesCheck(ILake lake) : IDoctorCheck
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
        SortedSet<string> files = new(StringComparer.Ordinal);
        try
        {
            await foreach (var found in lake.ListAsync(LakeKeys.Rejected, cancellationToken: cancellationToken))
            {
                var name = found.Key[LakeKeys.Rejected.Length..];
                if (!(name.EndsWith(LakeKeys.ErrorExtension, StringComparison.Ordinal) && files.Contains(name[..^LakeKeys.ErrorExtension.Length])))
                {
                    files.Add(name);
                }
            }
        }
        catch (EtlException)
        {
            return [];
        }

        return files;
    }
}
