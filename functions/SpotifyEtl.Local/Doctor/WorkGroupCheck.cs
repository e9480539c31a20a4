using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Local.Lake;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Asks Athena a question that reads no data, and so costs nothing: the work group must be there, and its results must have a place.</summary>
internal static class WorkGroupCheck
{
    private const string Name = "work group";

    public static async IAsyncEnumerable<Finding> RunAsync(IServiceProvider services, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (services.GetService<FolderLake>() is not null)
        {
            yield break;
        }

        yield return await AskAsync(services, cancellationToken);
    }

    private static async Task<Finding> AskAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var workGroup = services.GetRequiredService<IOptions<AthenaOptions>>().Value.WorkGroup;
        try
        {
            var answer = await services.GetRequiredService<IQueries>().QueryAsync("SELECT 1 AS one", cancellationToken);
            await foreach (var _ in answer.Rows.WithCancellation(cancellationToken))
            {
                break;
            }

            return Finding.Ok(Name, $"{workGroup} answers queries.");
        }
        catch (EtlException exception)
        {
            return Finding.Failed(Name, exception);
        }
    }
}
