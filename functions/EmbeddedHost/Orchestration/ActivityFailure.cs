using DurableTask.Core;
using EmbeddedHost.Protocol;
using EmbeddedHost.Worker.Messages;
using Google.Protobuf;
using Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Orchestration;

/// <summary>Why an activity failed, from what the worker says.</summary>
internal static class ActivityFailure
{
    private const string UnknownType = "(unknown)";

    // What a later extension adds is no reason to lose the failure.
    private static readonly JsonParser s_parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>
    /// The worker extension puts the failure, as JSON, into the first line of the message. Older ones give the exception's own text, whose
    /// first line is a type, a colon and a message.
    /// </summary>
    public static FailureDetails Read(RpcException? exception)
    {
        if (exception is null)
        {
            return new FailureDetails(UnknownType, "The worker does not say why.", stackTrace: null, innerFailure: null, isNonRetriable: false);
        }

        var line = exception.Message.Split('\n', 2)[0].TrimEnd('\r');
        if (line.StartsWith('{') && TryParse(line) is { } details)
        {
            return details;
        }

        if (exception.Type.Length > 0)
        {
            return new FailureDetails(exception.Type, exception.Message, exception.StackTrace, innerFailure: null, isNonRetriable: false);
        }

        return line.Split(": ", 2) is [var type, var message] && !type.Contains(' ', StringComparison.Ordinal)
            ? new FailureDetails(type, message, exception.StackTrace, innerFailure: null, isNonRetriable: false)
            : new FailureDetails(UnknownType, exception.Message, exception.StackTrace, innerFailure: null, isNonRetriable: false);
    }

    private static FailureDetails? TryParse(string json)
    {
        try
        {
            return s_parser.Parse<TaskFailureDetails>(json).ToCore();
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
