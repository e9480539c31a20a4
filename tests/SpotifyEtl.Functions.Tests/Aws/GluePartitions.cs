using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace SpotifyEtl.Functions.Tests.Aws;

/// <summary>Glue's partitions. Every table is there, unless a test says what is wrong with it.</summary>
internal sealed class GluePartitions
{
    private readonly ConcurrentDictionary<(string Table, string Value), JsonObject> _made = [];

    /// <summary>What is wrong with a table, by its name; null: nothing.</summary>
    public Func<string, PartitionFault?> Faults { get; set; } = _ => null;

    /// <summary>The partitions that were made, with what was asked for, by table and value.</summary>
    public IReadOnlyDictionary<(string Table, string Value), JsonObject> Made => _made;

    public async Task AnswerAsync(HttpContext context, JsonObject asked)
    {
        var table = (string)asked["TableName"]!;
        var fault = Faults(table);
        if (fault is { IsListed: false })
        {
            await JsonAnswer.ErrorAsync(context, fault.Status, fault.Code, fault.Message);
            return;
        }

        JsonArray errors = [];
        foreach (var partition in asked["PartitionInputList"]!.AsArray())
        {
            var value = string.Join('/', partition!["Values"]!.AsArray().Select(one => (string)one!));
            var wrong = fault ?? (_made.TryAdd((table, value), asked) ? null : new PartitionFault("AlreadyExistsException", "Partition already exists."));
            if (wrong is not null)
            {
                errors.Add(new JsonObject
                {
                    ["PartitionValues"] = partition["Values"]!.DeepClone(),
                    ["ErrorDetail"] = new JsonObject { ["ErrorCode"] = wrong.Code, ["ErrorMessage"] = wrong.Message },
                });
            }
        }

        await JsonAnswer.WriteAsync(context, errors.Count == 0 ? [] : new JsonObject { ["Errors"] = errors });
    }
}

/// <summary>Why a partition is not made.</summary>
/// <param name="Code">Such as EntityNotFoundException.</param>
/// <param name="Message">What Glue says of it.</param>
/// <param name="IsListed">Whether the answer lists it as an error of the partition, or is the error.</param>
/// <param name="Status">The status of an answer that is the error.</param>
internal sealed record PartitionFault(string Code, string Message, bool IsListed = true, int Status = 400);
