using System.Runtime.CompilerServices;
using SpotifyEtl.Analytics;
using SpotifyEtl.Catalog;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Transform.Tables;

namespace SpotifyEtl.Local.Doctor;

/// <summary>
/// Looks whether the typed tables' files are those of this pipeline, and hold the rows that were written to them. On S3 only the first: the rows would have
/// to be asked of Athena.
/// </summary>
internal sealed class TypedTablesCheck(ILake lake, MonthIndex index, ITableRows rows) : IDoctorCheck
{
    private const string Name = "typed tables";
    private const string MonthStart = "month=";
    private const int MostNamed = 10;

    public string Group => "catalog";

    public async IAsyncEnumerable<Finding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SortedSet<string> months = new(StringComparer.Ordinal);
        List<Finding> problems = [];
        string? failure = null;
        try
        {
            await foreach (var found in lake.ListAsync(LakeKeys.Analytics, cancellationToken: cancellationToken))
            {
                if (MonthOf(found.Key) is { } month)
                {
                    months.Add(month);
                }
                else if (!found.Key.EndsWith('/') && problems.Count < MostNamed)
                {
                    problems.Add(Finding.Warning(
                        Name, $"{found.Key} was not written by this pipeline; in Athena its rows may be rows of the table.", "Move it away."));
                }
            }

            foreach (var month in months)
            {
                problems.AddRange(await LookAsync(month, cancellationToken));
            }
        }
        catch (EtlException exception)
        {
            failure = exception.Message;
        }

        foreach (var problem in problems)
        {
            yield return problem;
        }

        if (failure is not null)
        {
            yield return Finding.Failed(Name, failure);
        }
        else if (problems.Count == 0 && months.Count > 0)
        {
            yield return Finding.Ok(Name, $"The files of {(months.Count == 1 ? "one month" : $"{months.Count} months")} are as they were written.");
        }
    }

    private static string? MonthOf(string key)
    {
        foreach (var table in Table.All)
        {
            if (key.StartsWith(table.TypedPrefix + MonthStart, StringComparison.Ordinal)
                && key[(table.TypedPrefix.Length + MonthStart.Length)..].Split('/')[0] is var month
                && key == table.TypedKeyFor(month))
            {
                return month;
            }
        }

        return null;
    }

    private async Task<IReadOnlyList<Finding>> LookAsync(string month, CancellationToken cancellationToken)
    {
        // One that is due is written by the next run anyway.
        if (await index.FindAsync(month, cancellationToken) is not { } record || await index.IsDueAsync(month, cancellationToken))
        {
            return [];
        }

        List<Finding> problems = [];
        foreach (var table in Table.All)
        {
            try
            {
                if (await rows.CountMonthAsync(table, month, cancellationToken) is { } held && held != record.Rows[table])
                {
                    problems.Add(Damaged($"{table.TypedKeyFor(month)} holds {held} rows; {record.Rows[table]} were written."));
                }
            }
            catch (PermanentEtlException exception)
            {
                problems.Add(Damaged(exception.Message));
            }
        }

        return problems;
    }

    private static Finding Damaged(string message) => Finding.Warning(Name, message, "Build the typed tables anew: spotify-etl reprocess --months.");
}
