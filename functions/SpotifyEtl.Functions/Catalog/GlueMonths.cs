using System.Collections.Concurrent;
using System.Net;
using Amazon.Glue;
using Amazon.Glue.Model;
using Amazon.Runtime;
using Microsoft.Extensions.Options;
using SpotifyEtl.Aws;
using SpotifyEtl.Lake;
using SpotifyEtl.Lake.S3;
using Table = SpotifyEtl.Transform.Tables.Table;

namespace SpotifyEtl.Catalog;

/// <summary>Makes each month a partition of the typed tables in Glue, without which Athena shows nothing of it.</summary>
public sealed class GlueMonths(IAmazonGlue glue, IOptions<CatalogOptions> catalog, IOptions<LakeOptions> lake) : ICatalogMonths
{
    // Glue slows down those who ask it much at once.
    private const int TablesAtOnce = 2;

    private const string Permission = "glue:BatchCreatePartition";

    public async Task<IReadOnlyList<string>> RegisterAsync(string month, IReadOnlyCollection<Table> tables, CancellationToken cancellationToken)
    {
        // Who has no crawlers has no catalog.
        if (catalog.Value.CrawlerNames is [])
        {
            return [];
        }

        ConcurrentDictionary<Table, Trouble> troubles = [];
        await Parallel.ForEachAsync(
            tables,
            new ParallelOptions { MaxDegreeOfParallelism = TablesAtOnce, CancellationToken = cancellationToken },
            async (table, stop) =>
            {
                if (await RegisterAsync(month, table, stop) is { } trouble)
                {
                    troubles[table] = trouble;
                }
            });
        return
        [
            .. tables.Where(troubles.ContainsKey).GroupBy(table => troubles[table].Kind)
                .Select(alike => Sentence(month, [.. alike.Select(table => table.TypedName)], troubles[alike.First()])),
        ];
    }

    private async Task<Trouble?> RegisterAsync(string month, Table table, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await glue.BatchCreatePartitionAsync(Request(month, table), cancellationToken);
            return answer.Errors is [{ ErrorDetail: { } error }, ..] ? TroubleOf(Thrown(error)) : null;
        }
        catch (Exception exception) when (AwsFailure.IsOfAws(exception, cancellationToken))
        {
            return TroubleOf(exception);
        }

        Trouble? TroubleOf(Exception exception) => (exception as AmazonServiceException)?.ErrorCode switch
        {
            "AlreadyExistsException" => null,
            "EntityNotFoundException" => new Trouble(TroubleKind.Missing, exception.Message),
            { } code when code.StartsWith("AccessDenied", StringComparison.Ordinal) => new Trouble(TroubleKind.Forbidden, exception.Message),
            _ => throw AwsFailure.Of(exception, new AwsCall($"make the month {month} a partition of the Glue table {table.TypedName}", Permission)),
        };
    }

    // What went wrong with a partition stands in the answer, or is the answer: they are the same.
    private static AmazonGlueException Thrown(ErrorDetail error) =>
        new(error.ErrorMessage ?? "", innerException: null!, ErrorType.Unknown, error.ErrorCode ?? "", requestId: "", HttpStatusCode.BadRequest);

    private BatchCreatePartitionRequest Request(string month, Table table) => new()
    {
        DatabaseName = catalog.Value.Database,
        TableName = table.TypedName,
        PartitionInputList =
        [
            new PartitionInput
            {
                Values = [month],
                StorageDescriptor = new StorageDescriptor
                {
                    Location = S3Location.Parse(lake.Value.Uri).Address(table.TypedPrefixFor(month)),
                    InputFormat = GlueParquet.InputFormat,
                    OutputFormat = GlueParquet.OutputFormat,
                    SerdeInfo = new SerDeInfo { SerializationLibrary = GlueParquet.Serde },
                    Columns = [.. table.TypedColumns.Select(column => new Column { Name = column.Name, Type = GlueParquet.TypeOf(column.Type) })],
                },
            },
        ],
    };

    private string Sentence(string month, IReadOnlyList<string> tables, Trouble trouble)
    {
        var reason = trouble.Kind is TroubleKind.Missing
            ? $"the Glue database {catalog.Value.Database} does not have {(tables.Count == 1 ? "that table" : "those tables")}"
            : $"this identity needs the permission {Permission}";
        var told = trouble.Message.ReplaceLineEndings(" ").TrimEnd('.');
        return $"Athena does not show the month {month} of {string.Join(", ", tables)}, since {reason} ({told}). Update the stack with "
            + "functions/deploy/aws.yaml; to register the earlier months afterwards, run reprocess --months.";
    }

    private enum TroubleKind
    {
        Missing,
        Forbidden,
    }

    private sealed record Trouble(TroubleKind Kind, string Message);
}
