using System.Runtime.CompilerServices;
using SpotifyEtl.Errors;
using SpotifyEtl.Health;
using SpotifyEtl.Local.Catalog;
using SpotifyEtl.Local.Lake;
using SpotifyEtl.Runs;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Doctor;

/// <summary>Looks whether the catalog's entries and the records of runs can be read. One that cannot be is left out wherever it would be shown.</summary>
internal sealed class RecordsCheck(FolderLake lake, RunRecords records, LastGoodRuns lastGood) : IDoctorCheck
{
    private const string Name = "records";

    private readonly CatalogStore _catalog = new(lake);

    public string Group => "lake";

    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Directory.Exists(lake.Root))
        {
            yield break;
        }

        var areWhole = true;
        await foreach (var problem in ProblemsAsync(cancellationToken))
        {
            areWhole = false;
            yield return new Finding(Name, Verdict.Warning, problem);
        }

        if (areWhole)
        {
            yield return Finding.Ok(Name, "The catalog's entries and the records of runs can be read.");
        }
    }

    private async IAsyncEnumerable<string> ProblemsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var table in Table.Crawled)
        {
            if (await ProblemAsync(() => _catalog.ReadAsync(table, cancellationToken)) is { } entry)
            {
                yield return entry;
            }
        }

        if (await ProblemAsync(() => lastGood.FindAsync(cancellationToken)) is { } good)
        {
            yield return good;
        }

        await foreach (var record in records.FindProblemsAsync(cancellationToken))
        {
            yield return record;
        }
    }

    private static async Task<string?> ProblemAsync(Func<Task> read)
    {
        try
        {
            await read();
            return null;
        }
        catch (PermanentEtlException exception)
        {
            return exception.Message;
        }
    }
}
