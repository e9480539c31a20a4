using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Asks Athena a question that reads no data, and so costs nothing: the work group must be there, and its results must have a place.</summary>
internal sealed class WorkGroupCheck(IQueries queries, IOptions<AthenaOptions> athena) : IDoctorCheck
{
    private const string Name = "work group";

    public string Group => "catalog";

    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await AskAsync(cancellationToken);
    }

    private async Task<Finding> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await queries.QueryAsync("SELECT 1 AS one", cancellationToken);
            await foreach (var _ in answer.Rows.WithCancellation(cancellationToken))
            {
                break;
            }

            return Finding.Ok(Name, $"{athena.Value.WorkGroup} answers queries.");
        }
        catch (EtlException exception)
        {
            return Finding.Failed(Name, exception);
        }
    }
}
