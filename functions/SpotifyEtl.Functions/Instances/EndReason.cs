using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.DurableTask.Client;

namespace SpotifyEtl.Instances;

/// <summary>
/// Why an instance failed or was cancelled, for people. Hosts tell it in different ways: as failure details; as the output, a bare
/// «type: message» that is no JSON; or, where the host itself failed the instance, as an object with a message.
/// </summary>
public static partial class EndReason
{
    /// <summary>The reason; null when the instance ended otherwise, or none is known.</summary>
    public static string? Of(OrchestrationMetadata instance) => instance.RuntimeStatus switch
    {
        OrchestrationRuntimeStatus.Failed => instance.FailureDetails?.ErrorMessage
            ?? (TextOf(instance.SerializedOutput) is { } text ? ExceptionType().Replace(text, string.Empty) : null),
        OrchestrationRuntimeStatus.Terminated => TextOf(instance.SerializedOutput),
        _ => null,
    };

    private static string? TextOf(string? output)
    {
        if (string.IsNullOrWhiteSpace(output))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(output);
            var value = document.RootElement;
            if (value.ValueKind is JsonValueKind.Object && value.TryGetProperty("message", out var message))
            {
                value = message;
            }

            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Null => null,
                _ => output,
            };
        }
        catch (JsonException)
        {
            return output;
        }
    }

    [GeneratedRegex(@"^[\w.+`]+Exception: ", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExceptionType();
}
