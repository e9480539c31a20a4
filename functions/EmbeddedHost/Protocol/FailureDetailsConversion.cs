using DurableTask.Core;
using P = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Protocol;

internal static class FailureDetailsConversion
{
    public static P.TaskFailureDetails? ToProto(this FailureDetails? failure)
    {
        if (failure is null)
        {
            return null;
        }

        P.TaskFailureDetails proto = new()
        {
            ErrorType = failure.ErrorType ?? "",
            ErrorMessage = failure.ErrorMessage ?? "",
            StackTrace = failure.StackTrace,
            InnerFailure = failure.InnerFailure.ToProto(),
            IsNonRetriable = failure.IsNonRetriable,
        };

        foreach ((string key, object? value) in failure.Properties ?? new Dictionary<string, object?>(StringComparer.Ordinal))
        {
            proto.Properties[key] = PropertyValues.ToProto(value);
        }

        return proto;
    }

    public static FailureDetails? ToCore(this P.TaskFailureDetails? failure) => failure is null
        ? null
        : new FailureDetails(
            failure.ErrorType,
            failure.ErrorMessage,
            failure.StackTrace,
            failure.InnerFailure.ToCore(),
            failure.IsNonRetriable,
            failure.Properties.Count == 0 ? null : failure.Properties.ToDictionary(p => p.Key, p => PropertyValues.ToCore(p.Value), StringComparer.Ordinal));
}
