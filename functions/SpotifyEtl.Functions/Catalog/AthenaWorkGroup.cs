using Amazon.Athena;
using Amazon.Athena.Model;
using Microsoft.Extensions.Options;
using SpotifyEtl.Aws;

namespace SpotifyEtl.Catalog;

/// <summary>The Athena work group that queries are asked in, and what it allows.</summary>
public sealed class AthenaWorkGroup(IAmazonAthena athena, IOptions<AthenaOptions> options)
{
    public string Name => options.Value.WorkGroup;

    /// <summary>The most bytes that one query may read before Athena cancels it; null: there is no such limit.</summary>
    /// <exception cref="Errors.EtlException">Athena does not tell.</exception>
    public async Task<long?> FindScanLimitAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await athena.GetWorkGroupAsync(new GetWorkGroupRequest { WorkGroup = Name }, cancellationToken);
            return answer.WorkGroup?.Configuration?.BytesScannedCutoffPerQuery;
        }
        catch (Exception exception) when (AwsFailure.IsOfAws(exception, cancellationToken))
        {
            throw AwsFailure.Of(exception, new AwsCall($"look at the work group {Name}", "athena:GetWorkGroup"));
        }
    }
}
