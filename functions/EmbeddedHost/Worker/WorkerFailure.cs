using EmbeddedHost.Worker.Messages;

namespace EmbeddedHost.Worker;

internal static class WorkerFailure
{
    /// <summary>What went wrong in one line: a worker sends an exception's whole text, stack traces included.</summary>
    public static string FirstLine(this RpcException exception) => exception.Message.Split('\n', 2)[0].Trim();
}
