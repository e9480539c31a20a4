using System.Globalization;
using System.Runtime.CompilerServices;
using Amazon.Athena;
using Amazon.Athena.Model;
using Microsoft.Extensions.Options;
using SpotifyEtl.Aws;
using SpotifyEtl.Errors;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.S3;

namespace SpotifyEtl.Catalog;

/// <summary>Answers SQL with Athena. A query that nobody waits for any more is stopped; pages are read as the rows are enumerated.</summary>
public sealed class AthenaQueries(
    IAmazonAthena athena, IOptions<AthenaOptions> options, IOptions<CatalogOptions> catalog, IOptions<LakeOptions> lake, TimeProvider time) : IQueries
{
    private const string OutputFolder = "athena_results/";
    private const int PageRows = 1000;

    private static readonly TimeSpan s_firstPoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPoll = TimeSpan.FromSeconds(2);

    public async Task<QueryResult> QueryAsync(string sql, CancellationToken cancellationToken = default)
    {
        var id = await StartAsync(sql, cancellationToken);
        var ended = await EndAsync(id, cancellationToken);
        var first = await PageAsync(id, token: null, cancellationToken);
        var columns = (first.ResultSet?.ResultSetMetadata?.ColumnInfo ?? [])
            .Select(column => new QueryColumn(column.Label ?? column.Name ?? "", TypeOf(column))).ToArray();
        return new QueryResult(columns, RowsAsync(id, first, columns, ended.StatementType?.Value, cancellationToken))
        {
            Cost = ended.Statistics?.DataScannedInBytes is { } scanned ? new QueryCost(scanned) : null,
        };
    }

    private static async Task<T> CallAsync<T>(string what, string permission, Func<Task<T>> make, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await make();
        }
        catch (InvalidRequestException exception)
        {
            throw new PermanentEtlException(
                $"Cannot {what}: {exception.AthenaErrorCode ?? exception.ErrorCode}, {exception.Message.TrimEnd('.')}. Look at the SQL, "
                    + "Athena__WorkGroup and Athena__OutputUri.",
                exception);
        }
        catch (Exception exception) when (AwsFailure.IsOfAws(exception, cancellationToken))
        {
            throw AwsFailure.Of(exception, new AwsCall(what, permission));
        }
    }

    // The digits of a decimal stand beside its type, and what arrays, maps and rows hold is not told.
    private static string TypeOf(ColumnInfo column) => column.Type is "decimal" && column.Precision is > 0
        ? string.Create(CultureInfo.InvariantCulture, $"decimal({column.Precision},{column.Scale ?? 0})")
        : column.Type ?? "varchar";

    private static string?[] Values(Row row, int count)
    {
        var values = new string?[count];
        for (var i = 0; i < count && i < row.Data?.Count; i++)
        {
            values[i] = row.Data[i].VarCharValue;
        }

        return values;
    }

    private async Task<string> StartAsync(string sql, CancellationToken cancellationToken)
    {
        StartQueryExecutionRequest request = new()
        {
            QueryString = sql,
            WorkGroup = options.Value.WorkGroup,
            QueryExecutionContext = new QueryExecutionContext { Database = catalog.Value.Database },
            ResultConfiguration = new ResultConfiguration
            {
                OutputLocation = string.IsNullOrEmpty(options.Value.OutputUri)
                    ? S3Location.Parse(lake.Value.Uri).Address(OutputFolder)
                    : options.Value.OutputUri,
                ExpectedBucketOwner = string.IsNullOrEmpty(lake.Value.BucketOwner) ? null : lake.Value.BucketOwner,
                EncryptionConfiguration = string.IsNullOrEmpty(lake.Value.KmsKeyId)
                    ? null
                    : new EncryptionConfiguration { EncryptionOption = EncryptionOption.SSE_KMS, KmsKey = lake.Value.KmsKeyId },
            },
        };
        var started = await CallAsync(
            $"start a query in work group {options.Value.WorkGroup}",
            "athena:StartQueryExecution",
            () => athena.StartQueryExecutionAsync(request, cancellationToken), cancellationToken);
        return started.QueryExecutionId ?? throw new TransientEtlException("Athena started a query and gave it no id. The step can be repeated.");
    }

    private async Task<QueryExecution> EndAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            for (var wait = s_firstPoll; ; wait = wait * 1.5 < s_longestPoll ? wait * 1.5 : s_longestPoll)
            {
                var answer = await CallAsync(
                    $"look at query {id}",
                    "athena:GetQueryExecution",
                    () => athena.GetQueryExecutionAsync(new GetQueryExecutionRequest { QueryExecutionId = id }, cancellationToken),
                    cancellationToken);
                if (answer.QueryExecution is { } query && IsEnded(id, query))
                {
                    return query;
                }

                await Task.Delay(wait, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await StopAsync(id);
            throw;
        }
    }

    private static bool IsEnded(string id, QueryExecution query)
    {
        var reason = query.Status?.StateChangeReason ?? query.Status?.AthenaError?.ErrorMessage ?? "no reason given";
        return query.Status?.State?.Value switch
        {
            "SUCCEEDED" => true,
            "CANCELLED" => throw new PermanentEtlException($"Athena cancelled query {id}: {reason}. A limit of the work group may have been reached."),
            "FAILED" when query.Status.AthenaError?.Retryable is true => throw new TransientEtlException($"Query {id} failed: {reason}. It can be repeated."),
            "FAILED" => throw new PermanentEtlException($"Query {id} failed: {reason}"),
            _ => false,
        };
    }

    private async Task StopAsync(string id)
    {
        try
        {
            await CallAsync(
                $"stop query {id}",
                "athena:StopQueryExecution",
                () => athena.StopQueryExecutionAsync(new StopQueryExecutionRequest { QueryExecutionId = id }, CancellationToken.None),
                CancellationToken.None);
        }
        catch (EtlException)
        {
            // It ends on its own, and who asked is gone.
        }
    }

    private Task<GetQueryResultsResponse> PageAsync(string id, string? token, CancellationToken cancellationToken) => CallAsync(
        $"read the results of query {id}",
        "athena:GetQueryResults, and s3:GetObject where the results are",
        () => athena.GetQueryResultsAsync(new GetQueryResultsRequest { QueryExecutionId = id, NextToken = token, MaxResults = PageRows }, cancellationToken),
        cancellationToken);

    private async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(
        string id, GetQueryResultsResponse first, QueryColumn[] columns, string? statementType, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The first row of a SELECT's results is the header; SHOW and DESCRIBE have none.
        var isHeader = statementType is null or "DML";
        for (var page = first; ; page = await PageAsync(id, page.NextToken, cancellationToken))
        {
            foreach (var row in page.ResultSet?.Rows ?? [])
            {
                var values = Values(row, columns.Length);
                if (!isHeader || !values.SequenceEqual(columns.Select(column => column.Name), StringComparer.Ordinal))
                {
                    yield return values;
                }

                isHeader = false;
            }

            if (string.IsNullOrEmpty(page.NextToken))
            {
                yield break;
            }
        }
    }
}
