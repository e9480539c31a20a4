using System.Runtime.CompilerServices;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Looks whether the bucket can be used.</summary>
internal sealed class S3LakeCheck(ILake lake) : IDoctorCheck
{
    public string Group => "lake";

    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await LookAsync(cancellationToken);
    }

    private async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await LakeProbe.LookAsync(lake, cancellationToken);
        }
        catch (EtlException exception)
        {
            return Finding.Failed(LakeProbe.Name, exception);
        }
    }
}
