using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SpotifyEtl.Functions.Tests.Aws;

/// <summary>Athena, whose answers a test gives. A query's state goes on by one with every look at it.</summary>
internal sealed class AthenaService
{
    private readonly ConcurrentDictionary<string, Query> _queries = new(StringComparer.Ordinal);

    public Func<string, AthenaAnswer> Answer { get; set; } = _ => new AthenaAnswer([], []);

    /// <summary>How many looks a query is RUNNING after it was QUEUED.</summary>
    public int RunningLooks { get; set; } = 1;

    /// <summary>The most bytes that the work group lets a query read; null: it has no limit.</summary>
    public long? ScanLimit { get; set; }

    public ConcurrentQueue<JsonObject> Starts { get; } = [];

    public ConcurrentQueue<string> Stopped { get; } = [];

    /// <summary>Called with the look at a query.</summary>
    public Action Looked { get; set; } = () => { };

    public async Task AnswerAsync(HttpContext context, AwsRequest request)
    {
        var body = await JsonAnswer.ReadAsync(context);
        var id = (string?)body["QueryExecutionId"] ?? "";
        switch (request.Operation)
        {
            case "StartQueryExecution":
                Starts.Enqueue(body);
                // One token is one query, however often it is sent.
                id = (string?)body["ClientRequestToken"] ?? Guid.NewGuid().ToString();
                _queries.GetOrAdd(id, _ => new Query(Answer((string)body["QueryString"]!)));
                await JsonAnswer.WriteAsync(context, new JsonObject { ["QueryExecutionId"] = id });
                break;
            case "GetQueryExecution":
                Looked();
                await JsonAnswer.WriteAsync(context, new JsonObject { ["QueryExecution"] = Look(id) });
                break;
            case "GetQueryResults":
                await JsonAnswer.WriteAsync(context, Page(_queries[id].Answer, (string?)body["NextToken"]));
                break;
            case "GetWorkGroup":
                await JsonAnswer.WriteAsync(context, WorkGroup((string)body["WorkGroup"]!));
                break;
            default:
                Stopped.Enqueue(id);
                await JsonAnswer.WriteAsync(context, []);
                break;
        }
    }

    private static JsonObject Page(AthenaAnswer answer, string? token)
    {
        var start = token is null ? 0 : int.Parse(token, CultureInfo.InvariantCulture);
        string?[][] header = answer.HasHeader ? [[.. answer.Columns.Select(column => column.Name)]] : [];
        var count = header.Length + answer.Rows.Count;
        var rows = Enumerable.Range(start, Math.Min(answer.PageRows, count - start))
            .Select(index => Row(index < header.Length ? header[index] : answer.Rows[index - header.Length])).ToArray();
        JsonObject page = new()
        {
            ["ResultSet"] = new JsonObject
            {
                ["ResultSetMetadata"] = new JsonObject
                {
                    ["ColumnInfo"] = new JsonArray([.. answer.Columns.Select(column => Column(column.Name, column.Type))]),
                },
                ["Rows"] = new JsonArray(rows),
            },
        };
        if (start + rows.Length < count)
        {
            page["NextToken"] = (start + rows.Length).ToString(CultureInfo.InvariantCulture);
        }

        return page;
    }

    // The digits of a decimal stand beside its type.
    private static JsonObject Column(string name, string type)
    {
        var parts = type.Split('(', ',', ')');
        JsonObject column = new() { ["Name"] = name, ["Label"] = name, ["Type"] = parts[0] };
        if (parts is [_, var precision, var scale, ..])
        {
            column["Precision"] = int.Parse(precision, CultureInfo.InvariantCulture);
            column["Scale"] = int.Parse(scale, CultureInfo.InvariantCulture);
        }

        return column;
    }

    private static JsonObject Row(string?[] values) => new()
    {
        ["Data"] = new JsonArray([.. values.Select(value => value is null ? new JsonObject() : new JsonObject { ["VarCharValue"] = value })]),
    };

    private JsonObject WorkGroup(string name) => new()
    {
        ["WorkGroup"] = new JsonObject { ["Name"] = name, ["Configuration"] = new JsonObject { ["BytesScannedCutoffPerQuery"] = ScanLimit } },
    };

    private JsonObject Look(string id)
    {
        var query = _queries[id];
        var looks = Interlocked.Increment(ref query.Looks);
        var state = looks == 1 ? "QUEUED" : looks <= 1 + RunningLooks ? "RUNNING" : query.Answer.State;
        return new JsonObject
        {
            ["QueryExecutionId"] = id,
            ["StatementType"] = query.Answer.HasHeader ? "DML" : "UTILITY",
            ["Status"] = new JsonObject { ["State"] = state, ["StateChangeReason"] = state == query.Answer.State ? query.Answer.Reason : null },
            ["Statistics"] = new JsonObject { ["DataScannedInBytes"] = query.Answer.ScannedBytes },
        };
    }

    private sealed class Query(AthenaAnswer answer)
    {
        public int Looks;

        public AthenaAnswer Answer => answer;
    }
}

/// <summary>What a query gives.</summary>
internal sealed record AthenaAnswer((string Name, string Type)[] Columns, IReadOnlyList<string?[]> Rows)
{
    public bool HasHeader { get; init; } = true;

    public string State { get; init; } = "SUCCEEDED";

    public string? Reason { get; init; }

    public long ScannedBytes { get; init; }

    public int PageRows { get; init; } = 1000;
}
